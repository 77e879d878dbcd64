internal import Classifiers
internal import Explorer
internal import TerminalUI
internal import Tokenizers

/// A prediction for people: the text, and the classes by falling probability.
enum PredictionText {
  static func lines(_ prediction: Prediction, classes: [String]) -> String {
    let ranked = zip(classes, prediction.probabilities).sorted { $0.1 > $1.1 }
    let parts = ranked.prefix(5).map { "\($0) \(Numerals.fixed($1, 3))" }
    return parts.joined(separator: "   ") + "\t" + DisplaySafe.shown(prediction.encoding.text)
      + "\n"
  }
}
