/// How many tokens a tokenizer puts around a text: `[CLS]` and `[SEP]`.
public struct TextFrame: Sendable, Hashable {
  public var before: Int
  public var behind: Int

  public init(before: Int, behind: Int) {
    self.before = before
    self.behind = behind
  }

  public var count: Int { before + behind }

  /// The range of the text's own tokens; nil if there are fewer tokens than the frame has.
  public func inside(_ tokens: Int) -> Range<Int>? {
    tokens < count ? nil : before..<tokens - behind
  }
}

/// How many tokens a tokenizer puts around two texts: `[CLS]`, `[SEP]` and `[SEP]`.
public struct PairFrame: Sendable, Hashable {
  public var before: Int
  public var between: Int
  public var behind: Int

  public init(before: Int, between: Int, behind: Int) {
    self.before = before
    self.between = between
    self.behind = behind
  }

  public var count: Int { before + between + behind }

  /// The ranges of both texts' own tokens; nil if there are fewer tokens than the frame has, or if
  /// tokens of the first text follow those of the second.
  /// - Parameter parts: the part of each token, `[T]`.
  public func inside(_ parts: [Int]) -> (first: Range<Int>, second: Range<Int>)? {
    let split = parts.firstIndex { $0 != 0 } ?? parts.count
    guard split >= before + between, parts.count - split >= behind,
      parts[split...].allSatisfy({ $0 != 0 })
    else { return nil }
    return (before..<split - between, split..<parts.count - behind)
  }
}
