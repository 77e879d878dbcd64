internal import ArgumentParser
internal import Classifiers
internal import FoundationEssentials
internal import Glibc
internal import Reports

/// The page beside an imported model: what it is and where it came from.
struct ModelCard {
  let source: String
  let imported: ImportedModel

  var text: MarkdownText {
    let model = imported.model
    let facts = model.facts
    var rows = [
      ("came from", "\(URL(filePath: source).lastPathComponent), \(size)"),
      ("imported", "\(date) by whylight \(Whylight.configuration.version)"),
      ("architecture", model.architecture),
      ("parameters", Numerals.grouped(facts.parameterCount)),
      ("classes", Messages.list(model.classifier.classes)),
      ("probabilities", probabilities(model.classifier)),
      ("tokenizer", facts.tokenizerLine),
      ("token limit", facts.tokenLimit.map(Numerals.grouped) ?? "none"),
    ]
    rows += facts.settings.map { ($0.name, $0.value) }
    rows += facts.notes.map { ("note", Messages.sentence($0)) }
    let table = rows.map { "| \($0.0) | \($0.1) |" as MarkdownText }
      .joined(separator: "\n")
    return """
      # \(model.name)
      A copy of a model that was made elsewhere; nothing was trained or changed. For its training
      data, intended use and licence, see where it came from.

      | | |
      | --- | --- |
      \(table)

      `selfcheck.json` has \(imported.checks.count) texts with the tokens and probabilities that the
      original had when it was imported; they are compared at each load.

      """
  }

  private func probabilities(_ classifier: any Classifier) -> String {
    switch classifier.link {
    case .softmax: "sum to 1"
    case .sigmoid where classifier.isYesOrNo: "one, that the label applies"
    case .sigmoid: "each class separately"
    case .identity: "none: the model is a regression and answers with numbers"
    }
  }

  private var size: String {
    var facts = stat()
    guard unsafe stat(source, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      return "a folder"
    }
    return "\(Numerals.grouped(Int(facts.st_size))) bytes"
  }

  private var date: String {
    Date.now.formatted(.iso8601.year().month().day())
  }
}
