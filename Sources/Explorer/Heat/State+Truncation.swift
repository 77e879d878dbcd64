internal import Classifiers
public import Tokenizers

extension State {
  /// What of the text the model does not take in as it does the rest; nil where that is nothing, and
  /// while the text is newer than what is known of it.
  var truncation: Truncation? {
    guard isPredictionFresh else { return nil }
    return prediction?.prediction.encoding.truncation
  }
}

extension Truncation {
  /// `the first 64 of 212 tokens`
  var part: String {
    "the \(side == .right ? "first" : "last") \(Numerals.grouped(read)) of "
      + "\(Numerals.grouped(tokens)) tokens"
  }

  /// What a reader should know, as a sentence.
  public var sentence: String {
    switch rest {
    case .unread:
      "The model read \(part); it did not see the rest."
    case .unpooled:
      "The decision rests on \(part); the model read the others, but only through its state."
    }
  }
}
