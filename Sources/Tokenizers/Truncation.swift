/// What of a text a model does not take in as it does the rest.
public struct Truncation: Sendable, Hashable {
  public enum Side: String, Sendable { case left, right }

  /// What becomes of the tokens that were cut off.
  public enum Rest: String, Sendable {
    /// The model never sees them.
    case unread
    /// A recurrent model reads them first, but its last layer pools the others alone.
    case unpooled
  }

  /// Of the whole text, those around it among them.
  public var tokens: Int
  /// How many of them the model takes in, those around the text among them.
  public var read: Int
  /// Where the rest stands.
  public var side: Side
  public var rest: Rest
  /// The rest in the (first) text, in UTF-8 offsets; empty where the model does not say which part it is.
  public var utf8Range: Range<Int>
  /// The same in the second text; nil where there is none.
  public var pairRange: Range<Int>?

  public init(
    tokens: Int, read: Int, side: Side, rest: Rest, utf8Range: Range<Int>,
    pairRange: Range<Int>? = nil
  ) {
    self.tokens = tokens
    self.read = read
    self.side = side
    self.rest = rest
    self.utf8Range = utf8Range
    self.pairRange = pairRange
  }

  /// The rest in one of the texts; nil where there is none.
  public func rest(in part: Int) -> Range<Int>? {
    let range = part == 0 ? utf8Range : pairRange
    return range.flatMap { $0.isEmpty ? nil : $0 }
  }
}
