internal import ArgumentParser
internal import Classifiers

/// How a text is displayed.
enum ContentView: String, CaseIterable, ExpressibleByArgument {
  case text, molecule
}

struct ViewOption: ParsableArguments {
  @Option(
    help: """
      text or molecule: whether a text is taken for a molecule as SMILES and drawn. By default \
      molecule for models whose vocabulary is one of SMILES.
      """)
  var view: ContentView?

  func showsMolecules(of model: Model) -> Bool {
    view.map { $0 == .molecule } ?? model.readsSMILES
  }
}
