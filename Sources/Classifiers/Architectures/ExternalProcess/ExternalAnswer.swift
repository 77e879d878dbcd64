internal import Documents
internal import Tokenizers

/// What a program declares with its first answer.
struct ExternalGreeting: Sendable {
  var name: String?
  var classes: [String]
  /// `takes_tokens`: rows may also be lists of tokens.
  var takesTokens: Bool
  /// `takes_pairs`: texts may be paired with second texts.
  var takesPairs: Bool
  /// `tokens` in its answers: it reports how it tokenizes a text.
  var givesTokens: Bool
  /// `multi_label`: each class is decided separately.
  var isMultiLabel: Bool
  /// `mask` and `unknown`: tokens that replace an absent word.
  var mask: String?
  var unknown: String?
  /// `batch`: the most texts per request.
  var batch: Int

  /// It contains an empty text, so that a program that only handles texts answers it as well.
  static let request = [
    JSON.Member(
      "hello", .object([.init("program", .string("whylight")), .init("protocol", .integer(1))])),
    JSON.Member("texts", .array([.string("")])),
  ]

  /// - Throws: `ExternalProcessError`.
  init(_ line: [UInt8], id: Int) throws {
    let answer = try ExternalAnswer.object(line, id: id)
    guard case .array(let names)? = answer["classes"] else { throw ExternalProcessError.noClasses }
    classes = try names.enumerated().map { index, name in
      guard let label = name.label else {
        throw ExternalProcessError.wrongPart(
          name: "classes[\(index)]", expected: "a string", found: name.kind)
      }
      return label
    }
    guard !classes.isEmpty else { throw ExternalProcessError.noClasses }
    name = try answer.text("name")
    mask = try answer.text("mask")
    unknown = try answer.text("unknown")
    takesTokens = try answer.flag("takes_tokens")
    takesPairs = try answer.flag("takes_pairs")
    isMultiLabel = try answer.flag("multi_label")
    if case .array? = answer["tokens"] { givesTokens = true } else { givesTokens = false }
    switch answer["batch"] {
    case nil, .null: batch = 32
    case .integer(let size) where (1...4096).contains(size): batch = size
    case let other?:
      throw ExternalProcessError.wrongPart(
        name: "batch", expected: "a whole number from 1 to 4096", found: other.kind)
    }
  }
}

/// The answer to a batch of texts.
struct ExternalAnswer: Sendable {
  /// `[B][C]`
  var probabilities: [[Double]]
  /// The tokens of each text, if the program gives them.
  var tokens: [[ExternalToken]]?
  /// The part of each text that the program cut off; nil if none.
  var truncations: [Truncation?]

  /// Enough for a number per class of 60 texts, and as many tokens.
  private static let valueLimit = 4_000_000
  private static let memoryLimit = 512 << 20
  private static let sumTolerance = 0.01

  /// - Parameters:
  ///   - id: the number of the request.
  ///   - wantsTokens: whether the request asks for tokens.
  /// - Throws: `ExternalProcessError`.
  init(
    _ line: [UInt8], id: Int, rows: Int, greeting: ExternalGreeting, wantsTokens: Bool
  ) throws {
    let answer = try Self.object(line, id: id)
    if case .array(let names)? = answer["classes"] {
      let found = names.compactMap(\.label)
      guard found == greeting.classes else {
        throw ExternalProcessError.otherClasses(expected: greeting.classes, found: found)
      }
    }
    let lists = try answer.list("probabilities", count: rows)
    probabilities = try lists.enumerated().map { row, list in
      try Self.row(list, row, greeting)
    }
    truncations = try Truncation.list(answer["truncated"], rows: rows)
    if wantsTokens, case .array(let lists)? = answer["tokens"] {
      guard lists.count == rows else {
        throw ExternalProcessError.wrongCount(of: "tokens", expected: rows, found: lists.count)
      }
      tokens = try lists.enumerated().map { row, list in
        try ExternalToken.tokens(list, offsets: answer["offsets"]?[row], row: row)
      }
    }
  }

  static func object(_ line: [UInt8], id: Int) throws -> JSON {
    let json: JSON
    do {
      json = try JSON(line, valueLimit: valueLimit, memoryLimit: memoryLimit)
    } catch let error as JSONError {
      let start = String(decoding: line.prefix(80), as: UTF8.self)
      throw ExternalProcessError.notJSON(error.fault, start: start)
    }
    guard case .object = json else { throw ExternalProcessError.notAnObject(found: json.kind) }
    switch json["id"] {
    case nil, .null, .integer(id): break
    case let other?: throw ExternalProcessError.otherRequest(expected: id, found: other.line)
    }
    switch json["error"] {
    case nil, .null: return json
    case .string(let message): throw ExternalProcessError.refused(message: message)
    case let other?: throw ExternalProcessError.refused(message: other.line)
    }
  }

  private static func row(
    _ list: JSON, _ row: Int, _ greeting: ExternalGreeting
  ) throws -> [Double] {
    let name = "probabilities[\(row)]"
    guard case .array(let items) = list else {
      throw ExternalProcessError.wrongPart(name: name, expected: "a list", found: list.kind)
    }
    guard items.count == greeting.classes.count else {
      throw ExternalProcessError.wrongCount(
        of: name, expected: greeting.classes.count, found: items.count)
    }
    let numbers = try items.map { item in
      guard let number = item.double else {
        throw ExternalProcessError.wrongPart(name: name, expected: "numbers", found: item.kind)
      }
      // A sum of rounded numbers may slightly exceed the bounds.
      guard number.isFinite, (-1e-6...1 + 1e-6).contains(number) else {
        throw ExternalProcessError.noProbability(row: row, value: number)
      }
      return min(1, max(0, number))
    }
    let sum = numbers.reduce(0, +)
    guard greeting.isMultiLabel || abs(sum - 1) <= sumTolerance else {
      throw ExternalProcessError.wrongSum(row: row, sum: sum)
    }
    return numbers
  }
}

/// A token as the program reads it.
struct ExternalToken: Sendable {
  var text: String
  /// In Unicode characters, as Python counts them; nil if the program does not give them.
  var offsets: Range<Int>?

  static func tokens(_ list: JSON, offsets: JSON?, row: Int) throws -> [ExternalToken] {
    guard case .array(let items) = list else {
      throw ExternalProcessError.wrongPart(
        name: "tokens[\(row)]", expected: "a list", found: list.kind)
    }
    return try items.enumerated().map { index, item in
      guard case .string(let text) = item else {
        throw ExternalProcessError.wrongPart(
          name: "tokens[\(row)]", expected: "strings", found: item.kind)
      }
      return ExternalToken(text: text, offsets: offsets?[index]?.range)
    }
  }
}

extension JSON {
  fileprivate subscript(index: Int) -> JSON? {
    guard case .array(let items) = self, items.indices.contains(index) else { return nil }
    return items[index]
  }

  fileprivate var range: Range<Int>? {
    guard case .integer(let start)? = self[0], case .integer(let end)? = self[1], 0 <= start,
      start <= end
    else { return nil }
    return start..<end
  }

  fileprivate var double: Double? {
    switch self {
    case .integer(let whole): Double(whole)
    case .number(let number): number
    default: nil
    }
  }

  /// A class may be a number or a boolean.
  fileprivate var label: String? {
    switch self {
    case .string(let text): text
    case .integer, .number, .bool: line
    default: nil
    }
  }

  fileprivate func text(_ key: String) throws -> String? {
    switch self[key] {
    case nil, .null: return nil
    case .string(let text): return text
    case let other?:
      throw ExternalProcessError.wrongPart(name: key, expected: "a string", found: other.kind)
    }
  }

  fileprivate func flag(_ key: String) throws -> Bool {
    switch self[key] {
    case nil, .null: return false
    case .bool(let flag): return flag
    case let other?:
      throw ExternalProcessError.wrongPart(
        name: key, expected: "true or false", found: other.kind)
    }
  }

  fileprivate func list(_ key: String, count: Int) throws -> [JSON] {
    guard case .array(let items)? = self[key] else {
      throw ExternalProcessError.wrongPart(
        name: key, expected: "a list of lists of numbers", found: self[key]?.kind ?? "missing")
    }
    guard items.count == count else {
      throw ExternalProcessError.wrongCount(of: key, expected: count, found: items.count)
    }
    return items
  }
}
