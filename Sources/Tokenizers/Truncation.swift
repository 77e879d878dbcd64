/// The part of a text that a model reads not at all, or not like the rest.
public struct Truncation: Sendable, Hashable {
  public enum Side: String, Sendable { case left, right }

  /// What happens to the tokens that were cut off.
  public enum Rest: String, Sendable {
    /// The model never reads them.
    case unread
    /// A recurrent model reads them first, but its head pools only the others.
    case unpooled
  }

  /// The number of tokens of the whole text, including the frame.
  public var tokens: Int
  /// The number of tokens that the model reads, including the frame.
  public var read: Int
  /// The side on which the text is cut off.
  public var side: Side
  public var rest: Rest
  /// The part of the (first) text that is cut off, in UTF-8 offsets; empty if the model does not
  /// report it.
  public var utf8Range: Range<Int>
  /// The same for the second text; nil if there is none.
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

  /// The part of a text that is cut off; nil if there is none.
  public func rest(in part: Int) -> Range<Int>? {
    let range = part == 0 ? utf8Range : pairRange
    return range.flatMap { $0.isEmpty ? nil : $0 }
  }
}
