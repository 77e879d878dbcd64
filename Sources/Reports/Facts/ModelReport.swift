internal import Attribution
package import Classifiers
package import Documents
internal import Tokenizers

/// A model's architecture, sizes, classes and tokenizer, and which explainers apply to it.
package struct ModelReport: FactsReport {
  private let model: Model
  private let notes: [String]
  private let quality: (sentence: String, json: JSON)?

  /// - Parameters:
  ///   - notes: what makes the model's answers doubtful, a sentence each.
  ///   - quality: how good it is by its own files; nil where they don't say.
  package init(_ model: Model, notes: [String], quality: (sentence: String, json: JSON)? = nil) {
    self.model = model
    self.notes = notes
    self.quality = quality
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
    if let quality { rows.append(("quality", quality.sentence)) }
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
      .init("quality", quality?.json ?? .null),
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
