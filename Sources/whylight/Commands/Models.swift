internal import ArgumentParser
internal import Classifiers
internal import EmbeddedModels
internal import Reports

struct Models: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the built-in models, one per line.")

  func run() throws {
    let sink = try Sink(path: nil)
    let width = EmbeddedModelCatalog.names.map(\.count).max() ?? 0
    for name in EmbeddedModelCatalog.names {
      let model = try ModelOption.open(name)
      let classes = Messages.list(model.classifier.classes)
      let quality = model.facts.quality.map { "; \(Messages.sentence($0))" } ?? ""
      let facts = "\(model.architecture), classes \(classes)\(quality)"
      try sink.write("\(PlainText(name).padded(to: width + 2))\(facts)\n" as PlainText)
    }
  }
}
