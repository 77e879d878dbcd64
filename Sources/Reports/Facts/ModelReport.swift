internal import Attribution
package import Classifiers
package import Documents
internal import Tokenizers

/// A model's architecture, sizes, classes and tokenizer, and which explainers apply to it.
package struct ModelReport: FactsReport {
  private let model: Model
  private let notes: [String]
  private let quality: String?
  private let qualityJSON: JSON?

  /// - Parameters:
  ///   - notes: reasons to doubt the model's predictions, a sentence each.
  ///   - quality: the model's quality according to its own files, as a sentence; nil if they do not
  ///     state it.
  package init(
    _ model: Model, notes: [String], quality: String? = nil, qualityJSON: JSON? = nil
  ) {
    self.model = model
    self.notes = notes
    self.quality = quality
    self.qualityJSON = qualityJSON
  }

  package var text: PlainText {
    let facts = model.facts
    var rows = [
      ("model", model.name), ("architecture", model.architecture),
      (
        "parameters",
        facts.parameterCount == 0 ? "not reported" : Numerals.grouped(facts.parameterCount)
      ),
      (
        "weights",
        facts.weightBytes == 0
          ? "in another program" : "\(Numerals.bytes(facts.weightBytes)) in memory"
      ),
      (
        "classes",
        "\(model.classifier.classes.count): \(Messages.list(model.classifier.classes))"
          + Self.suffix(model.classifier)
      ),
      ("tokenizer", facts.tokenizerLine),
      ("token limit", facts.tokenLimit.map(Numerals.grouped) ?? "none"),
    ]
    rows += facts.settings.map { ($0.name, $0.value) }
    if model.readsSMILES { rows.append(("reads", "molecules as SMILES")) }
    if let quality { rows.append(("quality", quality)) }
    rows += notes.map { ("note", $0) }
    rows += ExplainerCatalog.explainers.map { explainer in
      let reason = explainer.card.reasonNotApplicable(to: model.classifier)
      return (explainer.card.name, reason.map { "no: \($0)" } ?? "applies")
    }
    return FactLines.text(rows.map { (name: $0.0, value: $0.1) })
  }

  private static func suffix(_ classifier: any Classifier) -> String {
    switch classifier.link {
    case .softmax: ""
    case .sigmoid where classifier.isYesOrNo:
      " (yes or no: one probability, that the label applies)"
    case .sigmoid: " (each class separately)"
    case .identity: " (a regression: numbers, not probabilities)"
    }
  }

  /// The facts in plain words, without the explainers. Long lists of classes are shortened.
  package var plainFacts: [(name: String, value: String)] {
    let facts = model.facts
    var rows = [
      ("reads", model.readsSMILES ? "molecules, written as SMILES" : "texts"),
      ("answers with", answer), ("architecture", model.architecture), ("size", size),
      ("longest text", facts.tokenLimit.map { Numerals.count($0, "token") } ?? "any length"),
      ("tokenizer", facts.tokenizer),
      (
        "vocabulary",
        facts.vocabularySize.map { Numerals.count($0, "token") } ?? "not told by the model"
      ),
    ]
    if !facts.settings.isEmpty {
      let settings = facts.settings.map { "\($0.name) \($0.value)" }
      rows.append(("settings", settings.joined(separator: ", ")))
    }
    if let quality { rows.append(("quality", quality)) }
    return rows + notes.map { ("beware", $0) }
  }

  private var answer: String {
    let classifier = model.classifier
    let count = classifier.classes.count
    let names = ": " + Messages.list(classifier.classes, atMost: Self.mostNames)
    return switch classifier.link {
    case .softmax where count > 1: "one of \(Numerals.count(count, "class", "classes"))" + names
    case .softmax: "one class" + names
    case .sigmoid where classifier.isYesOrNo: "whether this applies" + names
    case .sigmoid:
      "for each of \(Numerals.count(count, "class", "classes")) whether it applies" + names
    case .identity: (count == 1 ? "a number" : "\(Numerals.grouped(count)) numbers") + names
    }
  }

  private static let mostNames = 100

  private var size: String {
    let facts = model.facts
    guard facts.parameterCount > 0 else { return "not told by the program that computes it" }
    let precision = facts.rounding.map { "rounded to \($0)" } ?? "in single precision"
    return Numerals.count(facts.parameterCount, "weight")
      + ", \(Numerals.bytes(facts.weightBytes)) in memory, \(precision)"
  }

  package var json: JSON {
    let facts = model.facts
    return .object([
      .init("schema", .integer(1)),
      .init("name", .string(model.name)),
      .init("architecture", .string(model.architecture)),
      .init("parameters", .integer(facts.parameterCount)),
      .init("weight_bytes", .integer(facts.weightBytes)),
      .init("classes", .array(model.classifier.classes.map(JSON.string))),
      .init("link", .string(model.classifier.link.rawValue)),
      .init("tokenizer", .string(facts.tokenizerLine)),
      .init("token_limit", facts.tokenLimit.map(JSON.integer) ?? .null),
      .init("reads_smiles", .bool(model.readsSMILES)),
      .init("quality", qualityJSON ?? .null),
      .init("notes", .array(notes.map(JSON.string))),
      .init("settings", .object(facts.settings.map { .init($0.name, .string($0.value)) })),
      .init(
        "explainers",
        .array(
          ExplainerCatalog.explainers.map { explainer in
            let reason = explainer.card.reasonNotApplicable(to: model.classifier)
            return .object([
              .init("name", .string(explainer.card.name)),
              .init("applies", .bool(reason == nil)),
              .init("reason", reason.map(JSON.string) ?? .null),
            ])
          })),
    ])
  }
}

extension ModelFacts {
  /// `fastai words, 15,992 tokens`.
  package var tokenizerLine: String {
    tokenizer + (vocabularySize.map { ", " + Numerals.count($0, "token") } ?? "")
  }
}
