extension HuggingFaceTokenizer {
  /// The frame around one text.
  public var frame: TextFrame {
    let template = postProcessor.template(texts: 1)
    let before = template.prefix { if case .token = $0 { true } else { false } }.count
    return TextFrame(before: before, behind: template.count - before - 1)
  }

  /// The frame around two texts; nil if the second comes first, or if the tokens between them do
  /// not belong to the first.
  public var pairFrame: PairFrame? {
    let template = postProcessor.template(texts: 2)
    guard template.firstPart == 0,
      let first = template.firstIndex(where: { $0.isText }),
      let second = template.lastIndex(where: { $0.isText }), first < second
    else { return nil }
    return PairFrame(
      before: first, between: second - first - 1, behind: template.count - second - 1)
  }

  /// The same tokenizer for pairs that are read in windows of `limit` tokens: if a pair is too
  /// long, only the shorter text is cut, and only if it takes more than half of the room.
  public func cuttingShorterText(to limit: Int) -> HuggingFaceTokenizer {
    var copy = limited(to: limit)
    copy.truncation = .shorterText
    return copy
  }

  /// The same tokenizer with another limit.
  /// - Parameter limit: the most tokens, including the frame; nil for no limit.
  public func limited(to limit: Int?) -> HuggingFaceTokenizer {
    var copy = self
    copy.tokenLimit = limit
    return copy
  }
}
