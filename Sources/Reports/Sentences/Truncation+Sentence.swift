public import Tokenizers

extension Truncation {
  /// `the first 64 of 212 tokens`
  package var part: String {
    "the \(side == .right ? "first" : "last") \(Numerals.grouped(read)) of "
      + "\(Numerals.grouped(tokens)) tokens"
  }

  /// Which of two texts was truncated.
  private var cutTexts: String {
    switch (rest(in: 0) != nil, rest(in: 1) != nil) {
    case (true, false): "the first text"
    case (false, true): "the second text"
    default: "either text"
    }
  }

  /// A note to the reader, as a sentence.
  public var sentence: String {
    switch rest {
    case .unread where pairRange != nil:
      "The model read \(Numerals.grouped(read)) of \(Numerals.grouped(tokens)) tokens; it did not see"
        + " the \(side == .right ? "end" : "beginning") of \(cutTexts)."
    case .unread:
      "The model read \(part); it did not see the rest."
    case .unpooled:
      "The decision rests on \(part); the model read the others, but only through its state."
    }
  }
}
