internal import Documents

/// The tokens of a model by id, read from a separate file, and what else that file contains.
///
/// `["xxunk", …]`; `[["xxunk", …], ["negative", …]]`, which is `learn.dls.vocab`;
/// `{"vocab": […], "classes": […]}`; `{"xxunk": 0, …}` (`o2i`, `stoi`), `{"0": "xxunk", …}` and
/// `[["xxunk", 0], …]`, where an unused id is `xxfake`; each as JSON or pickled, and pickled also
/// as fastai's own `L`, `CategoryMap`, `Numericalize` or `Vocab`; or plain text, one token per
/// line.
public struct FastaiVocabulary: Sendable, Equatable {
  public var tokens: [String]
  /// nil if the file has none.
  public var classes: [String]?
  /// `multi_label`
  public var isMultiLabel = false
  /// `bptt`
  public var chunk: Int?
  /// `max_len`
  public var maxLength: Int?

  public init(tokens: [String], classes: [String]? = nil) {
    self.tokens = tokens
    self.classes = classes
  }

  /// Pads fastai's vocabularies to a multiple of eight.
  static let filler = "xxfake"

  /// The tokens for an embedding of `rows` rows: padding at the end is added, as `o2i` omits it, or
  /// removed.
  /// - Throws: `CheckpointError.fastai(.vocabularyDiffers)` if the vocabulary belongs to another
  ///   model.
  func tokens(rows: Int) throws -> [String] {
    let missing = rows - tokens.count
    if missing >= 0, missing < 8, missing == 0 || rows.isMultiple(of: 8) {
      return tokens + [String](repeating: Self.filler, count: missing)
    }
    let kept = tokens.prefix(max(0, rows))
    guard missing < 0, tokens[kept.endIndex...].allSatisfy({ $0.isEmpty || $0 == Self.filler })
    else {
      throw CheckpointError.fastai(.vocabularyDiffers(tokens: tokens.count, rows: rows))
    }
    return Array(kept)
  }

  private static let limit = 64 << 20
  /// More than any model has; making tokens of bytes takes several times their memory.
  fileprivate static let tokenLimit = 500_000

  /// - Throws: `CheckpointError`; `.fastai(.noVocabulary)` if the file has something else.
  public static func read(_ source: ByteSource) throws -> FastaiVocabulary {
    let head = try source.read(0..<min(source.count, 64))
    let start = head.starts(with: mark) ? head.dropFirst(mark.count) : head[...]
    let content: Content
    if start.first == 0x80 || start.starts(with: [0x50, 0x4B]) {
      var left = source.count + 1 << 16
      content = try Content(try TorchFile(source).root, depth: 0, left: &left)
    } else if let first = start.first(where: { !$0.isJSONSpace }), [0x5B, 0x7B].contains(first) {
      do {
        content = try Content(try JSON.read(try text(source)), depth: 0)
      } catch CheckpointError.json(let fault, let offset) {
        // The first token may look like the start of JSON, but then there are others.
        let tokens = try lines(source)
        guard tokens.count > 1 else { throw CheckpointError.json(fault, offset: offset) }
        return FastaiVocabulary(tokens: tokens)
      }
    } else {
      let tokens = try lines(source)
      guard !tokens.isEmpty else { throw CheckpointError.fastai(.noVocabulary(found: "no tokens")) }
      return FastaiVocabulary(tokens: tokens)
    }
    guard let vocabulary = FastaiVocabulary(content) else {
      throw CheckpointError.fastai(.noVocabulary(found: content.summary))
    }
    return vocabulary
  }

  /// Reads a list of classes.
  /// - Throws: see `read`.
  public static func readClasses(_ source: ByteSource) throws -> [String] {
    let vocabulary = try read(source)
    return vocabulary.classes ?? vocabulary.tokens
  }

  /// The byte order mark, which some editors write.
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func text(_ source: ByteSource) throws -> [UInt8] {
    let bytes = try source.readAll(atMost: limit)
    return bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
  }

  private static func lines(_ source: ByteSource) throws -> [String] {
    let bytes = try text(source)
    var lines: [String] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[start..<end].last == UInt8(ascii: "\r") ? start..<end - 1 : start..<end
      guard let line = String(validating: bytes[line], as: UTF8.self) else {
        throw CheckpointError.fastai(.noVocabulary(found: "bytes that are no text"))
      }
      lines.append(line)
      try check(count: lines.count)
      start = end + 1
    }
    return lines
  }

  /// - Throws: `CheckpointError.fastai(.noVocabulary)` for more tokens than any model has.
  fileprivate static func check(count: Int) throws {
    guard count <= tokenLimit else {
      throw CheckpointError.fastai(.noVocabulary(found: "more than \(tokenLimit) tokens"))
    }
  }

  private init?(_ content: Content) {
    switch content {
    case .list(let items):
      if let tokens = Content.texts(items), !tokens.isEmpty {
        self.init(tokens: tokens)
      } else if items.count == 2, let tokens = items[0].tokens, let classes = items[1].labels {
        self.init(tokens: tokens, classes: classes)
      } else if let tokens = content.tokens, !tokens.isEmpty {
        self.init(tokens: tokens)
      } else {
        return nil
      }
    case .map(let pairs):
      let values = Dictionary(
        pairs.compactMap { pair in pair.key.text.map { ($0, pair.value) } },
        uniquingKeysWith: { $1 })
      let names = ["vocab", "tokens", "itos", "vocabulary", "o2i", "stoi"]
      let tokens = names.lazy.compactMap { values[$0]?.tokens }
      if let tokens = tokens.first {
        let classes = ["classes", "labels"].lazy.compactMap { values[$0]?.labels }.first
        self.init(tokens: tokens, classes: classes)
        isMultiLabel = values["multi_label"] == .flag(true)
        chunk = values["bptt"]?.size
        maxLength = values["max_len"]?.size
      } else if let tokens = content.tokens {
        self.init(tokens: tokens)
      } else {
        return nil
      }
    case .text, .whole, .flag, .other: return nil
    }
  }
}

/// Content of JSON or of a pickle.
private enum Content: Equatable {
  case list([Content])
  /// Keys are texts or integers.
  case map([(key: Content, value: Content)])
  case text(String)
  case whole(Int)
  case flag(Bool)
  case other(String)

  static func == (first: Content, second: Content) -> Bool {
    switch (first, second) {
    case (.flag(let first), .flag(let second)): first == second
    default: false
    }
  }

  /// - Throws: `CheckpointError.fastai(.noVocabulary)`.
  init(_ json: JSON, depth: Int) throws {
    switch json {
    case .array(let items) where depth < 3:
      try FastaiVocabulary.check(count: items.count)
      self = .list(try items.map { try Content($0, depth: depth + 1) })
    case .object(let members) where depth < 2:
      try FastaiVocabulary.check(count: members.count)
      self = .map(try members.map { (.text($0.key), try Content($0.value, depth: depth + 1)) })
    case .string(let text): self = .text(text)
    case .integer(let whole): self = .whole(whole)
    case .number(let real) where Int(exactly: real) != nil: self = .whole(Int(real))
    case .bool(let flag): self = .flag(flag)
    default: self = .other(json.kind)
    }
  }

  /// A list may occur in a pickle once and be referred to a million times: what is visited may add
  /// up to little more than the size of the file.
  /// - Throws: `CheckpointError.pickle(.repeatedText)`, `.fastai(.noVocabulary)`.
  init(_ value: PickleValue, depth: Int, left: inout Int) throws {
    left -= 1 + value.textSize
    guard left >= 0 else {
      throw CheckpointError.pickle(.repeatedText(limit: value.fileSize), offset: 0)
    }
    // A dictionary's keys count as well.
    try FastaiVocabulary.check(count: value.itemCount / 2)
    if let text = value.text {
      self = .text(text)
    } else if let whole = value.integer {
      self = .whole(whole)
    } else if let flag = value.flag {
      self = .flag(flag)
    } else if depth < 3, let items = value.list {
      try FastaiVocabulary.check(count: items.count)
      self = .list(try items.map { try Content($0, depth: depth + 1, left: &left) })
    } else if depth < 3, let pairs = value.pairs {
      try FastaiVocabulary.check(count: pairs.count)
      self = .map(
        try pairs.compactMap { pair in
          left -= pair.key.textSize
          guard left >= 0,
            let key = pair.key.text.map(Content.text) ?? pair.key.integer.map(Content.whole)
          else { return nil }
          return (key, try Content(pair.value, depth: depth + 1, left: &left))
        })
    } else if depth < 3, let own = Content.attributes.lazy.compactMap(value.attribute).first {
      self = try Content(own, depth: depth + 1, left: &left)
    } else {
      self = .other(value.summary)
    }
  }

  private static let attributes = ["itos", "vocab", "stoi", "o2i"]

  static func texts(_ items: [Content]) -> [String]? {
    var texts: [String] = []
    texts.reserveCapacity(items.count)
    for item in items {
      guard case .text(let text) = item else { return nil }
      texts.append(text)
    }
    return texts
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  private var whole: Int? {
    switch self {
    case .whole(let whole): whole
    case .text(let text): Int(text)
    default: nil
    }
  }

  /// A list of texts, or pairs of a text and its number in either order.
  var tokens: [String]? {
    switch self {
    case .list(let items):
      if let texts = Self.texts(items) { return texts }
      let pairs = items.compactMap { item -> (Content, Content)? in
        if case .list(let pair) = item, pair.count == 2 { (pair[0], pair[1]) } else { nil }
      }
      return pairs.count == items.count ? Self.tokens(pairs) : nil
    case .map(let pairs): return Self.tokens(pairs)
    default: return nil
    }
  }

  private static func tokens(_ pairs: [(Content, Content)]) -> [String]? {
    // A token may be a number, but not all of them, and numbers are never texts.
    let isNumberLast = pairs.allSatisfy { $0.1.text == nil }
    var entries: [(token: String, number: Int)] = []
    entries.reserveCapacity(pairs.count)
    for pair in pairs {
      let (token, number) = isNumberLast ? pair : (pair.1, pair.0)
      guard let text = token.text ?? token.whole.map(String.init), let whole = number.whole else {
        return nil
      }
      entries.append((text, whole))
    }
    return placed(entries)
  }

  /// Places tokens by number. Python's `defaultdict(int)` keeps every unknown token that was looked
  /// up as 0, so several tokens may have that number.
  private static func placed(_ entries: [(token: String, number: Int)]) -> [String]? {
    guard let last = entries.map(\.number).max(), last < FastaiVocabulary.tokenLimit,
      last < 2 * entries.count
    else { return nil }
    var tokens = [String](repeating: FastaiVocabulary.filler, count: max(0, last) + 1)
    var isTaken = [Bool](repeating: false, count: tokens.count)
    for (token, number) in entries {
      guard tokens.indices.contains(number) else { return nil }
      if isTaken[number] {
        guard number == 0 || tokens[number] == token else { return nil }
        if token != "xxunk" { continue }
      }
      isTaken[number] = true
      tokens[number] = token
    }
    return tokens
  }

  /// Like `tokens`, but a class may also be a number or a boolean.
  var labels: [String]? {
    guard case .list(let items) = self else { return tokens }
    let labels = items.compactMap { item -> String? in
      switch item {
      case .text(let text): text
      case .whole(let whole): "\(whole)"
      case .flag(let flag): flag ? "True" : "False"
      default: nil
      }
    }
    return labels.count == items.count && !labels.isEmpty ? labels : nil
  }

  /// An integer that counts tokens.
  var size: Int? {
    if case .whole(let whole) = self, (1...1_000_000).contains(whole) { whole } else { nil }
  }

  var summary: String {
    switch self {
    case .list: "a list of something other than texts"
    case .map: "a dictionary without tokens"
    case .text: "a text"
    case .whole, .flag: "a number"
    case .other(let kind): kind
    }
  }
}

extension UInt8 {
  fileprivate var isJSONSpace: Bool { self == 0x20 || (0x9...0xD).contains(self) }
}
