internal import ArgumentParser
internal import Classifiers

/// How a text is displayed.
enum ContentView: String, CaseIterable, ExpressibleByArgument {
  case text, molecule
}

struct ViewOption: ParsableArguments {
  @Option(
    help: """
      text or molecule: whether texts are treated as molecules (SMILES) and drawn. By \
      default molecule for models with a SMILES vocabulary.
      """)
  var view: ContentView?

  func showsMolecules(of model: Model) -> Bool {
    view.map { $0 == .molecule } ?? model.readsSMILES
  }
}
