/// How many tokens a tokenizer puts around any text: `[CLS]` and `[SEP]`.
public struct TextFrame: Sendable, Hashable {
  public var before: Int
  public var behind: Int

  public init(before: Int, behind: Int) {
    self.before = before
    self.behind = behind
  }

  public var count: Int { before + behind }

  /// The text's own tokens; nil where there are fewer tokens than stand around a text.
  public func inside(_ tokens: Int) -> Range<Int>? {
    tokens < count ? nil : before..<tokens - behind
  }
}
