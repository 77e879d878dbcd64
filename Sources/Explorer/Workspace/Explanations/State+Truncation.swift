internal import Classifiers
internal import Tokenizers

extension State {
  /// Which part of the text the model cuts off or reads in another way; nil if none, and while the
  /// text has no prediction yet.
  var truncation: Truncation? {
    guard isPredictionFresh else { return nil }
    return predictions.latest?.prediction.encoding.truncation
  }
}
