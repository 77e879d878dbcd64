public import Tokenizers

extension Truncation {
  /// `the first 64 of 212 tokens`
  package var part: String {
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
