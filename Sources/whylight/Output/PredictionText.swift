internal import Classifiers
internal import Explorer
internal import Tokenizers

/// A prediction for people: the text, and the classes by falling probability.
enum PredictionText {
  static func lines(_ prediction: Prediction, classes: [String]) -> PlainText {
    let ranked = zip(classes, prediction.probabilities).sorted { $0.1 > $1.1 }
    let parts = ranked.prefix(5).map { "\($0) \(Numerals.fixed($1, 3))" as PlainText }
    return "\(parts.joined(separator: "   "))\t\(prediction.encoding.text)\n"
  }
}
