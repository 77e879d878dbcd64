/// The prompt around two texts with which a language model is asked.
public struct PromptTemplate: Sendable, Hashable {
  public var before: String
  public var between: String
  public var after: String

  public init(before: String, between: String, after: String) {
    self.before = before
    self.between = between
    self.after = after
  }
}

/// A tokenizer that puts its texts into a prompt, whose tokens are the frame of both. If they are
/// too long, the end of the second text is cut off, then the end of the first; the prompt's own end
/// is kept, because the model answers there.
public struct PromptTokenizer: Tokenizer {
  private let base: HuggingFaceTokenizer
  private let template: PromptTemplate
  public let tokenLimit: Int?

  /// - Parameter base: its limit applies to the whole prompt.
  public init(_ base: HuggingFaceTokenizer, template: PromptTemplate) {
    tokenLimit = base.tokenLimit
    self.base = base.unlimited
    self.template = template
  }

  public var readsPairs: Bool { true }
  public var vocabulary: [String] { base.vocabulary }
  public var roles: TokenRoles { base.roles }
  public func encode(words: [String]) -> Encoding { base.encode(words: words) }

  public func encode(_ text: String, pair: String?) -> Encoding {
    encoding(of: base.encode(prompt(text, pair), pair: nil).pieces, text, pair)
  }

  public func trace(_ text: String, pair: String?) -> TokenizationTrace {
    var trace = base.trace(prompt(text, pair), pair: nil)
    trace.encoding = encoding(of: trace.encoding.pieces, text, pair)
    return trace
  }

  private func prompt(_ text: String, _ pair: String?) -> String {
    template.before + text + template.between + (pair ?? "") + template.after
  }

  /// Divides the pieces of the whole prompt between the texts.
  private func encoding(of pieces: [Piece], _ text: String, _ pair: String?) -> Encoding {
    let places = Places(template, text, pair)
    var words = PromptWords()
    var placed = pieces.map { piece in
      var piece = piece
      places.place(&piece)
      piece.word = piece.isFrame ? nil : words.number(of: piece.word)
      return piece
    }
    var encoding = Encoding(text: text, pair: pair, pieces: [])
    if let tokenLimit, placed.count > tokenLimit {
      let all = placed
      // If a text is cut off entirely, its part of the prompt stays.
      let tail = pieces.count { $0.utf8Range.lowerBound >= places.second.upperBound }
      let kept = max(0, min(all.count, tokenLimit) - tail)
      placed = Array(all.prefix(kept) + all.suffix(min(tail, tokenLimit)))
      func rest(_ part: Int, _ count: Int) -> Range<Int> {
        let read = all.prefix(kept).last { !$0.isFrame && $0.part == part }
        let isWhole = !all.dropFirst(kept).contains { !$0.isFrame && $0.part == part }
        return (isWhole ? count : read?.utf8Range.upperBound ?? 0)..<count
      }
      encoding.truncation = Truncation(
        tokens: all.count, read: placed.count, side: .right, rest: .unread,
        utf8Range: rest(0, text.utf8.count),
        pairRange: pair.map { rest(1, $0.utf8.count) })
    }
    encoding.pieces = placed
    return encoding
  }
}

/// The ranges of both texts in a prompt, in UTF-8 offsets.
private struct Places {
  let first: Range<Int>
  let second: Range<Int>
  private let hasPair: Bool

  init(_ template: PromptTemplate, _ text: String, _ pair: String?) {
    let start = template.before.utf8.count
    first = start..<start + text.utf8.count
    let next = first.upperBound + template.between.utf8.count
    second = next..<next + (pair ?? "").utf8.count
    hasPair = pair != nil
  }

  /// Moves a piece from the prompt into its text; a piece of the prompt itself gets an empty range.
  func place(_ piece: inout Piece) {
    let range = piece.utf8Range
    for (part, text) in [first, second].enumerated() where range.overlaps(text) {
      piece.part = part
      piece.utf8Range =
        max(range.lowerBound, text.lowerBound) - text.lowerBound..<min(
          range.upperBound, text.upperBound) - text.lowerBound
      return
    }
    let isBehind = hasPair && range.lowerBound >= second.upperBound
    let end = isBehind ? second.count : range.lowerBound < first.lowerBound ? 0 : first.count
    piece.part = isBehind ? 1 : 0
    piece.utf8Range = end..<end
    piece.isSpecial = true
    piece.isFrame = true
  }
}

/// Numbers the words of the texts alone, from 0.
private struct PromptWords {
  private var last: Int?
  private var count = 0

  mutating func number(of word: Int?) -> Int? {
    guard let word else { return nil }
    if word != last { count += 1 }
    last = word
    return count - 1
  }
}
