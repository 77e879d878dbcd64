internal import Classifiers
internal import Tokenizers

extension State {
  /// What of the text the model does not take in as it does the rest; nil where that is nothing, and
  /// while the text is newer than what is known of it.
  var truncation: Truncation? {
    guard isPredictionFresh else { return nil }
    return predictions.latest?.prediction.encoding.truncation
  }
}
