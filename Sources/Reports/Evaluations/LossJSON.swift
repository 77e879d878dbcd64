package import Datasets
package import Documents

/// A row with its prediction.
package enum LossJSON {
  package static func members(_ loss: Loss, classes: [String]) -> [JSON.Member] {
    let example = loss.example
    return members(example) + [
      .init("gold", ClassNames.json(example.gold, classes)),
      .init("predicted", ClassNames.json(loss.judgement.predicted, classes)),
      .init("loss", .number(loss.judgement.loss)),
      .init("probability_of_gold", probability(example.gold, loss.goldProbabilities)),
      .init(
        "probability_of_predicted",
        probability(loss.judgement.predicted, loss.predictedProbabilities)),
      .init("truncated", ResultJSON.truncated(loss.judgement.truncation)),
    ]
  }

  /// What identifies a row, and its texts.
  static func members(_ example: Example) -> [JSON.Member] {
    [
      .init("index", .integer(example.index)), .init("line", .integer(example.line)),
      .init("id", example.id.map(JSON.string) ?? .null), .init("text", .string(example.text)),
      .init("pair", example.pair.map(JSON.string) ?? .null),
    ]
  }

  /// A number for one class, a list of numbers for several.
  private static func probability(_ classes: Gold, _ values: [Float]) -> JSON {
    switch classes {
    case .unknown: .null
    case .one: values.first.map(JSON.float) ?? .null
    case .several: .array(values.map(JSON.float))
    }
  }
}
