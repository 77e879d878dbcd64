/// Adds frame tokens around a text or a pair, and trims the offsets of tokens.
struct PostProcessor: Sendable, Hashable {
  struct Token: Sendable, Hashable {
    var text: String
    var id: Int
  }

  /// An element of a template, with its token type.
  enum Item: Sendable, Hashable {
    /// All tokens of the first text (0) or the second (1).
    case text(part: Int, type: Int)
    case token(Token, type: Int)

    var isText: Bool {
      if case .text = self { true } else { false }
    }
  }

  /// Template for one text. Every text occurs once in its template.
  var single: [Item] = [.text(part: 0, type: 0)]
  /// Template for two texts.
  var pair: [Item] = [.text(part: 0, type: 0), .text(part: 1, type: 1)]
  /// Spaces at the ends of a token are excluded from its range.
  var trims: [Trim] = []

  struct Trim: Sendable, Hashable {
    /// A space was added before the text's first token, so that there is none to exclude.
    var addsPrefixSpace: Bool
  }

  init(trims: [Trim] = []) { self.trims = trims }

  init(single: [Item], pair: [Item], trims: [Trim] = []) {
    self.single = single
    self.pair = pair
    self.trims = trims
  }

  /// The usual templates: `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, with type 1 for the second
  /// text and its frame.
  init(first: Token?, last: Token?, trims: [Trim] = []) {
    let before = first.map { [Item.token($0, type: 0)] } ?? []
    func behind(_ type: Int) -> [Item] { last.map { [.token($0, type: type)] } ?? [] }
    single = before + [.text(part: 0, type: 0)] + behind(0)
    pair = single + [.text(part: 1, type: 1)] + behind(1)
    self.trims = trims
  }

  /// RoBERTa's templates: `<s> A </s>` and `<s> A </s> </s> B </s>`.
  /// - Parameter secondType: the token type of the second text and its last token. RoBERTa has only
  ///   type 0.
  init(first: Token, last: Token, secondType: Int, trims: [Trim] = []) {
    single = [.token(first, type: 0), .text(part: 0, type: 0), .token(last, type: 0)]
    pair =
      single + [
        .token(last, type: 0), .text(part: 1, type: secondType), .token(last, type: secondType),
      ]
    self.trims = trims
  }

  /// The template for one text or two.
  func template(texts: Int) -> [Item] { texts > 1 ? pair : single }

  /// All frame tokens.
  var tokens: [Token] {
    (single + pair).compactMap { if case .token(let token, _) = $0 { token } else { nil } }
  }

  /// Applies another post-processor after this one, around its result.
  mutating func append(_ other: PostProcessor) {
    single = other.single.flatMap { item in
      if case .text = item { single } else { [item] }
    }
    // The second text's part starts after the last frame token of the first.
    let parts = pair.splitByText
    let isDefault = other == PostProcessor(trims: other.trims)
    if !isDefault {
      pair = other.pair.flatMap { item in
        if case .text(let part, let type) = item { parts[part].typed(type) } else { [item] }
      }
    }
    trims += other.trims
  }
}

extension [PostProcessor.Item] {
  /// The number of frame tokens.
  var addedCount: Int { count { if case .token = $0 { true } else { false } } }

  /// The text that comes first.
  var firstPart: Int {
    lazy.compactMap { if case .text(let part, _) = $0 { part } else { nil } }.first ?? 0
  }

  /// The frame around the first text, and around the second: `[CLS] A [SEP]`, `B [SEP]`.
  fileprivate var splitByText: [[PostProcessor.Item]] {
    func place(of wanted: Int) -> Int {
      firstIndex { if case .text(wanted, _) = $0 { true } else { false } } ?? count
    }
    let (first, second) = (place(of: 0), place(of: 1))
    let middle = Swift.max(first, second)
    let parts = [Array(self[..<middle]), Array(self[middle...])]
    return first < second ? parts : parts.reversed()
  }

  /// With the token type of an enclosing template.
  fileprivate func typed(_ type: Int) -> [PostProcessor.Item] {
    map { item in
      switch item {
      case .text(let part, _): .text(part: part, type: type)
      case .token(let token, _): .token(token, type: type)
      }
    }
  }
}

extension PostProcessor.Trim {
  /// The range of a token without the spaces at its ends, one scalar of the text each.
  ///
  /// - Parameter text: the token's own text.
  func range(
    of text: some BidirectionalCollection<UInt32>, at range: Range<Int>, isFirst: Bool,
    in typed: String.UTF8View
  ) -> Range<Int> {
    func isSpace(_ scalar: UInt32) -> Bool {
      scalar == ByteAlphabet.space
        || (scalar <= 0x20 || scalar >= 0x7F) && ScalarFacts(of: scalar).has(ScalarFacts.space)
    }
    var leading = text.prefix(while: isSpace).count
    let trailing = text.reversed().prefix(while: isSpace).count
    if leading == 0, trailing == 0 { return range }
    if leading == 1, addsPrefixSpace, isFirst || range.lowerBound == 0 { leading = 0 }
    var (start, end) = (range.lowerBound, range.upperBound)
    for _ in 0..<leading where start < end { start = scalarEnd(after: start, in: typed) }
    start = min(start, range.upperBound)
    for _ in 0..<trailing where end > start { end = scalarStart(before: end, in: typed) }
    return start..<max(start, end)
  }

  private func scalarEnd(after offset: Int, in text: String.UTF8View) -> Int {
    var end = offset + 1
    while end < text.count, isContinuation(end, text) { end += 1 }
    return end
  }

  private func scalarStart(before offset: Int, in text: String.UTF8View) -> Int {
    var start = offset - 1
    while start > 0, isContinuation(start, text) { start -= 1 }
    return start
  }

  private func isContinuation(_ offset: Int, _ text: String.UTF8View) -> Bool {
    text[text.index(text.startIndex, offsetBy: offset)] & 0xC0 == 0x80
  }
}
