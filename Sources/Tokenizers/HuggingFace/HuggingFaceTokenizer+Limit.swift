extension HuggingFaceTokenizer {
  /// What it puts around one text.
  public var frame: TextFrame {
    let template = postProcessor.template(texts: 1)
    let before = template.prefix { if case .token = $0 { true } else { false } }.count
    return TextFrame(before: before, behind: template.count - before - 1)
  }

  /// What it puts around two texts; nil where the second one comes first, or what stands between them
  /// is not the first one's.
  public var pairFrame: PairFrame? {
    let template = postProcessor.template(texts: 2)
    guard template.firstPart == 0,
      let first = template.firstIndex(where: { $0.isText }),
      let second = template.lastIndex(where: { $0.isText }), first < second
    else { return nil }
    return PairFrame(
      before: first, between: second - first - 1, behind: template.count - second - 1)
  }

  /// The same tokenizer for two texts that are read in windows of so many tokens: of a pair that is
  /// longer the shorter text alone is cut, where it takes more than half of the room.
  public func cuttingShorterText(to limit: Int) -> HuggingFaceTokenizer {
    var copy = limited(to: limit)
    copy.truncation = .shorterText
    return copy
  }

  /// The same tokenizer where texts may be of another length.
  /// - Parameter limit: the most tokens, the frame among them; nil for no limit.
  public func limited(to limit: Int?) -> HuggingFaceTokenizer {
    var copy = self
    copy.tokenLimit = limit
    return copy
  }
}
