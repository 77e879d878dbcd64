extension HuggingFaceTokenizer {
  /// What it puts around one text.
  public var frame: TextFrame {
    let template = postProcessor.template(texts: 1)
    let before = template.prefix { if case .token = $0 { true } else { false } }.count
    return TextFrame(before: before, behind: template.count - before - 1)
  }

  /// The same tokenizer where texts may be of another length.
  /// - Parameter limit: the most tokens, the frame among them; nil for no limit.
  public func limited(to limit: Int?) -> HuggingFaceTokenizer {
    var copy = self
    copy.tokenLimit = limit
    return copy
  }
}
