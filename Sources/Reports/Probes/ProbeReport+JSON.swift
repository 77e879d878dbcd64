internal import Attribution
internal import Classifiers
package import Documents

/// The JSON of the answers. Its structure is stable (schema 1).
extension ProbeReport {
  package var json: JSON {
    ResultJSON.prediction(prediction, and: members, of: record, index: index, model: model)
  }

  private var members: [JSON.Member] {
    let classes = model.classifier.classes
    func set(_ result: DecisiveSets.Result?) -> JSON {
      guard let result else { return .null }
      return .object([
        .init("units", .array(result.units.map { .array($0.map(JSON.integer)) })),
        .init("proven", .bool(result.isProven)),
        .init("class", .string(classes[result.classIndex])),
        .init("probabilities", ResultJSON.probabilities(result.probabilities, of: model)),
        .init("evaluations", .integer(result.evaluations)),
      ])
    }
    return [
      .init(
        "reduction",
        answers.reduction.map {
          .object([
            .init("kept", .array($0.kept.map(JSON.integer))),
            .init("class", .string(classes[$0.classIndex])),
            .init("probability", .float($0.probability)),
            .init("reduced_probability", .float($0.reducedProbability)),
            .init("evaluations", .integer($0.evaluations)),
          ])
        } ?? .null),
      .init("hotflip", answers.hotFlip.map { hotFlipJSON($0) } ?? .null),
      .init("flipping", set(answers.flipping)),
      .init("keeping", set(answers.keeping)),
      .init("ledger", answers.ledger.map(ledgerJSON) ?? .null),
      .init(
        "phrases",
        answers.phrases.map { phrases in
          .array(
            zip(phrases.texts, phrases.shares).map {
              .object([.init("text", .string($0)), .init("score", .number($1))])
            })
        } ?? .null),
      .init("interaction", answers.phrases?.interaction.map(JSON.number) ?? .null),
    ]
  }

  private func hotFlipJSON(_ result: HotFlip.Result) -> JSON {
    .object([
      .init(
        "flips",
        .array(
          result.flips.map {
            .object([
              .init("token", .integer($0.token)), .init("id", .integer($0.id)),
              .init("text", .string($0.text)), .init("estimate", .float($0.estimate)),
              .init("change", .float($0.change)),
            ])
          })),
      .init("flipped", .bool(result.isFlipped)),
      .init("class", .string(model.classifier.classes[result.classIndex])),
      .init("probabilities", ResultJSON.probabilities(result.probabilities, of: model)),
    ])
  }

  private func ledgerJSON(_ ledger: PoolingLedger) -> JSON {
    .object(
      ledger.entries.map {
        JSON.Member(
          $0.pool,
          .object([
            .init("total", .number($0.total)), .init("steps", .array($0.steps.map(JSON.number))),
          ]))
      } + [
        .init("biases", .number(ledger.remainder)), .init("value", .number(ledger.value)),
      ])
  }
}
