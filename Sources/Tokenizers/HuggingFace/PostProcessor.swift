/// What is put around the tokens of a text and of a pair, and how their places are trimmed.
struct PostProcessor: Sendable, Hashable {
  struct Token: Sendable, Hashable {
    var text: String
    var id: Int
  }

  /// A part of what the model reads, with the token type that it gets.
  enum Item: Sendable, Hashable {
    /// All tokens of the first text (0) or the second (1).
    case text(part: Int, type: Int)
    case token(Token, type: Int)

    var isText: Bool {
      if case .text = self { true } else { false }
    }
  }

  /// Around one text. Every text stands in its template once.
  var single: [Item] = [.text(part: 0, type: 0)]
  /// Around two.
  var pair: [Item] = [.text(part: 0, type: 0), .text(part: 1, type: 1)]
  /// Spaces that belong to tokens don't belong to their places.
  var trims: [Trim] = []

  struct Trim: Sendable, Hashable {
    /// A single space in front of the text's first token was added, so that there is none to take.
    var addsPrefixSpace: Bool
  }

  init(trims: [Trim] = []) { self.trims = trims }

  init(single: [Item], pair: [Item], trims: [Trim] = []) {
    self.single = single
    self.pair = pair
    self.trims = trims
  }

  /// What most families have: `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, the second text and what
  /// stands behind it of type 1.
  init(first: Token?, last: Token?, trims: [Trim] = []) {
    let before = first.map { [Item.token($0, type: 0)] } ?? []
    func behind(_ type: Int) -> [Item] { last.map { [.token($0, type: type)] } ?? [] }
    single = before + [.text(part: 0, type: 0)] + behind(0)
    pair = single + [.text(part: 1, type: 1)] + behind(1)
    self.trims = trims
  }

  /// RoBERTa's: `<s> A </s>` and `<s> A </s> </s> B </s>`.
  /// - Parameter secondType: of the second text and its last token; RoBERTa knows one type only.
  init(first: Token, last: Token, secondType: Int, trims: [Trim] = []) {
    single = [.token(first, type: 0), .text(part: 0, type: 0), .token(last, type: 0)]
    pair =
      single + [
        .token(last, type: 0), .text(part: 1, type: secondType), .token(last, type: secondType),
      ]
    self.trims = trims
  }

  /// What stands around one text or two.
  func template(texts: Int) -> [Item] { texts > 1 ? pair : single }

  /// All tokens that stand around texts.
  var tokens: [Token] {
    (single + pair).compactMap { if case .token(let token, _) = $0 { token } else { nil } }
  }

  /// One after another: the later goes around.
  mutating func append(_ other: PostProcessor) {
    single = other.single.flatMap { item in
      if case .text = item { single } else { [item] }
    }
    // What belongs to the second text begins where the first one's last token is past.
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
  /// How many of them are no text.
  var addedCount: Int { count { if case .token = $0 { true } else { false } } }

  /// Which text comes first.
  var firstPart: Int {
    lazy.compactMap { if case .text(let part, _) = $0 { part } else { nil } }.first ?? 0
  }

  /// What stands around the first text, and what around the second: `[CLS] A [SEP]`, `B [SEP]`.
  fileprivate var splitByText: [[PostProcessor.Item]] {
    func place(of wanted: Int) -> Int {
      firstIndex { if case .text(wanted, _) = $0 { true } else { false } } ?? count
    }
    let (first, second) = (place(of: 0), place(of: 1))
    let middle = Swift.max(first, second)
    let parts = [Array(self[..<middle]), Array(self[middle...])]
    return first < second ? parts : parts.reversed()
  }

  /// With the type that a template around it gives.
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
  /// The place of a token without its spaces, a scalar of the text for each.
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
