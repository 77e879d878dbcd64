internal import Documents
internal import Tokenizers

/// `"truncated"` in a program's answer: what it cut off of each text.
extension Truncation {
  /// More tokens than any text has.
  private static let mostTokens = 1 << 30

  /// - Parameter value: a list with null or an object for each text; for a single text, also the
  ///   element of that list.
  /// - Throws: `ExternalProcessError`.
  static func list(_ value: JSON?, rows: Int) throws -> [Truncation?] {
    switch value {
    case nil, .null: return Array(repeating: nil, count: rows)
    case .array(let items):
      guard items.count == rows else {
        throw ExternalProcessError.wrongCount(of: "truncated", expected: rows, found: items.count)
      }
      return try items.enumerated().map { row, item in try one(item, name: "truncated[\(row)]") }
    case .object where rows == 1: return [try one(value ?? .null, name: "truncated")]
    case let other?:
      throw ExternalProcessError.wrongPart(
        name: "truncated", expected: "a list with null or an object for each text",
        found: other.kind)
    }
  }

  /// - Returns: nil if nothing was cut off.
  private static func one(_ value: JSON, name: String) throws -> Truncation? {
    func wrong(_ part: String, _ expected: String) -> ExternalProcessError {
      let found = value[part]
      return .wrongPart(
        name: "\(name).\(part)", expected: expected,
        found: found.map { if case .integer(let number) = $0 { "\(number)" } else { $0.kind } }
          ?? "missing")
    }
    switch value {
    case .null: return nil
    case .object: break
    default:
      throw ExternalProcessError.wrongPart(
        name: name, expected: "null or an object", found: value.kind)
    }
    guard case .integer(let tokens)? = value["tokens"], (0...mostTokens).contains(tokens) else {
      throw wrong("tokens", "a whole number from 0 to \(mostTokens)")
    }
    guard case .integer(let read)? = value["read"], (0...tokens).contains(read) else {
      throw wrong("read", "a whole number from 0 to \(tokens), the number of tokens,")
    }
    guard case .string(let name)? = value["side"], let side = Side(rawValue: name) else {
      throw wrong("side", "\"right\" or \"left\"")
    }
    guard read < tokens else { return nil }
    return Truncation(tokens: tokens, read: read, side: side, rest: .unread, utf8Range: 0..<0)
  }
}
