/// A recursive-descent parser of queries.
///
///     any:   all ("or" all)*
///     all:   one ("and"? one)*
///     one:   "not" one | "(" any ")" | field operator value | word
struct QueryParser {
  private let tokens: [QueryToken]
  /// The position of anything that is missing.
  private let end: Int
  private var position = 0
  private var depth = 0

  private static let depthLimit = 50

  init(_ tokens: [QueryToken], end: Int) {
    self.tokens = tokens
    self.end = end
  }

  /// - Returns: nil for an empty query.
  mutating func parse() throws(QueryError) -> QueryExpression? {
    guard !tokens.isEmpty else { return nil }
    let expression = try any()
    if let rest = next { throw unexpected(rest) }
    return expression
  }

  private mutating func any() throws(QueryError) -> QueryExpression {
    var parts = [try all()]
    while consume(word: "or") { parts.append(try all()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func all() throws(QueryError) -> QueryExpression {
    var parts = [try one()]
    while let token = next, token.kind != .close, !token.isWord("or") {
      _ = consume(word: "and")
      parts.append(try one())
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func one() throws(QueryError) -> QueryExpression {
    guard let token = next else { throw QueryError(.noValue, end..<end) }
    guard depth < Self.depthLimit else { throw QueryError(.tooDeep, token.range) }
    depth += 1
    defer { depth -= 1 }
    if consume(word: "not") { return .not(try one()) }
    switch token.kind {
    case .open:
      position += 1
      let expression = try any()
      guard next?.kind == .close else { throw QueryError(.openParenthesis, token.range) }
      position += 1
      return expression
    case .word(let name): return try comparison(name, token)
    case .quoted(let content):
      position += 1
      if let sign = next, sign.isComparison { throw unexpected(sign) }
      return .find(.text, TextPattern(literal: content), isNegated: false)
    case .close, .comparison: throw unexpected(token)
    }
  }

  private mutating func comparison(
    _ name: String, _ token: QueryToken
  ) throws(QueryError) -> QueryExpression {
    position += 1
    let field = QueryField(rawValue: name.lowercased())
    guard let sign = next, case .comparison(let comparison) = sign.kind else {
      // what molecules have are common words in other texts
      guard let field, !field.isOfMolecules else {
        return .find(.text, TextPattern(literal: name), isNegated: false)
      }
      throw QueryError(.noOperator(after: name), token.range.upperBound..<token.range.upperBound)
    }
    guard let field else { throw QueryError(.unknownField(name), token.range) }
    position += 1
    guard let value = next else { throw QueryError(.noValue, end..<end) }
    position += 1
    let text: String
    var isQuoted = false
    switch value.kind {
    case .word(let word): text = word
    case .quoted(let content): (text, isQuoted) = (content, true)
    case .open, .close, .comparison: throw QueryError(.noValue, value.range)
    }
    if comparison == .matching || comparison == .notMatching {
      return try search(field, comparison, text, sign, value)
    }
    let named = QueryField(rawValue: text.lowercased())
    let other = isQuoted || named?.isOfMolecules == true ? nil : named
    let operand = try operand(field, text, other: other, value)
    let isText = field.kind != .number
    if comparison.isOrder, isText || (other.map { $0.kind != .number } ?? false) {
      throw QueryError(.unfitOperator(comparison.rawValue, field: field), sign.range)
    }
    return .compare(field, comparison, operand)
  }

  private func operand(
    _ field: QueryField, _ text: String, other: QueryField?, _ value: QueryToken
  ) throws(QueryError) -> QueryOperand {
    if let other, (other.kind == .number) == (field.kind == .number) { return .field(other) }
    guard field.kind == .number else { return .text(text) }
    guard let number = Double(text) else {
      throw QueryError(.notANumber(text, field: field), value.range)
    }
    return .number(number)
  }

  private func search(
    _ field: QueryField, _ comparison: QueryOperator, _ pattern: String, _ sign: QueryToken,
    _ value: QueryToken
  ) throws(QueryError) -> QueryExpression {
    guard field.kind != .number else {
      throw QueryError(.unfitOperator(comparison.rawValue, field: field), sign.range)
    }
    guard let compiled = TextPattern(pattern) else {
      throw QueryError(.badPattern(pattern), value.range)
    }
    return .find(field, compiled, isNegated: comparison == .notMatching)
  }

  private var next: QueryToken? { position < tokens.count ? tokens[position] : nil }

  private mutating func consume(word: String) -> Bool {
    guard let token = next, token.isWord(word) else { return false }
    position += 1
    return true
  }

  private func unexpected(_ token: QueryToken) -> QueryError {
    let text =
      switch token.kind {
      case .word(let word): word
      case .quoted(let content): content
      case .comparison(let comparison): comparison.rawValue
      case .open: "("
      case .close: ")"
      }
    return QueryError(.unexpected(text), token.range)
  }
}

extension QueryToken {
  fileprivate func isWord(_ text: String) -> Bool {
    if case .word(let word) = kind { word.lowercased() == text } else { false }
  }
}
