public import Classifiers
public import Datasets
internal import Tokenizers

/// A prediction for people: the rank of a candidate, the classes in descending order of probability
/// and the text, followed by a note if the model did not read all of it.
public struct PredictionText: PredictionReport {
  private let model: Model

  public init(model: Model) { self.model = model }

  public func output(of prediction: Prediction, record: TextRecord, index: Int, rank: Int?)
    -> Output
  {
    let ranked = zip(model.classifier.classes, prediction.probabilities).sorted { $0.1 > $1.1 }
    var parts = ranked.prefix(5).map { "\($0) \(Numerals.fixed($1, 3))" as PlainText }
    if let meaning = Self.meaning(of: prediction, model) { parts.append(meaning) }
    let rule = model.rule
    if let given = rule.given(prediction.probabilities), model.classifier.classes.count > 1 {
      let names = given.map { model.classifier.classes[$0] }
      parts.append("given (\(rule.condition)): \(Messages.list(names))")
    }
    let reading = [
      prediction.encoding.truncation?.sentence, model.windows(of: prediction.encoding)?.sentence,
    ].compactMap(\.self)
    let notes: [PlainText] = reading.map { "  \($0)\n" }
    let place: PlainText = rank.map { "\($0)   " } ?? ""
    return Output(
      "\(place)\(parts.joined(separator: "   "))\t\(prediction.encoding.joinedTexts.line)\n\(notes.joined(separator: ""))"
        as PlainText)
  }

  /// The meaning of the number of a model with one output; nil for several outputs.
  package static func meaning(of prediction: Prediction, _ model: Model) -> PlainText? {
    guard model.classifier.classes.count == 1 else { return nil }
    return model.classifier.isYesOrNo
      ? "(the probability that the label applies)" : "(a number, not a probability)"
  }
}

extension DecisionRule {
  /// `p > 0.9`, or a note that each class has its own threshold.
  package var condition: String {
    thresholds.count == 1 ? "p > \(threshold(of: 0))" : "p is above the class's own threshold"
  }
}
