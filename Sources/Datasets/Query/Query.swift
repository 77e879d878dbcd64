/// A filter over examples: `gold!=pred p>0.9 text~"not|n't" len>30`.
///
/// Compares a field with a value or with another field. Adjacent comparisons all have to hold;
/// `and`, `or`, `not` and parentheses work as usual. `~` searches for a pattern, ignoring case.
/// Names are compared ignoring case. A plain word, or a text in quotes, is searched for in the
/// row's text: `boring p>0.9`. An empty query matches everything.
public struct Query: Sendable {
  /// As the user wrote it.
  public let text: String
  private let expression: QueryExpression?

  /// - Throws: `QueryError`.
  public init(_ text: String) throws(QueryError) {
    self.text = text
    var parser = QueryParser(try QueryLexer.tokens(of: text), end: text.count)
    expression = try parser.parse()
  }

  public var isEmpty: Bool { expression == nil }

  /// Whether the result depends on a field.
  public func asks(_ field: QueryField) -> Bool { expression?.asks(field) ?? false }

  public func matches(_ subject: some QuerySubject) -> Bool {
    expression?.matches(subject) ?? true
  }
}

indirect enum QueryExpression: Sendable {
  case all([QueryExpression])
  case any([QueryExpression])
  case not(QueryExpression)
  case compare(QueryField, QueryOperator, QueryOperand)
  case find(QueryField, TextPattern, isNegated: Bool)

  func matches(_ subject: some QuerySubject) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.matches(subject) }
    case .any(let parts): parts.contains { $0.matches(subject) }
    case .not(let part): !part.matches(subject)
    case .compare(let field, let comparison, let operand):
      Self.holds(subject, field, comparison, operand)
    case .find(let field, let pattern, let isNegated):
      pattern.occurs(in: Self.text(subject.value(of: field))) != isNegated
    }
  }

  func asks(_ field: QueryField) -> Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains { $0.asks(field) }
    case .not(let part): part.asks(field)
    case .compare(let own, _, .field(let other)): own == field || other == field
    case .compare(let own, _, _), .find(let own, _, _): own == field
    }
  }

  private static func holds(
    _ subject: some QuerySubject, _ field: QueryField, _ comparison: QueryOperator,
    _ operand: QueryOperand
  ) -> Bool {
    let value = subject.value(of: field)
    switch operand {
    case .number(let number):
      guard case .number(let value)? = value else { return false }
      return holds(value, comparison, number)
    case .text(let text):
      let isEqual = isSame(Self.text(value), text)
      return comparison == .equal ? isEqual : !isEqual
    case .field(let other):
      // A missing value is neither equal nor unequal to anything.
      guard let value, let other = subject.value(of: other) else { return false }
      switch (value, other) {
      case (.number(let a), .number(let b)): return holds(a, comparison, b)
      default:
        let isEqual = isSame(Self.text(value), Self.text(other))
        return comparison == .equal ? isEqual : !isEqual
      }
    }
  }

  private static func holds(_ a: Double, _ comparison: QueryOperator, _ b: Double) -> Bool {
    switch comparison {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .greater: a > b
    case .atMost: a <= b
    case .atLeast: a >= b
    case .matching, .notMatching: false
    }
  }

  private static func isSame(_ a: String, _ b: String) -> Bool {
    a == b || a.lowercased() == b.lowercased()
  }

  private static func text(_ value: QueryValue?) -> String {
    switch value {
    case .text(let text): text
    case .number(let number): "\(number)"
    case nil: ""
    }
  }
}

/// The right-hand side of an operator.
enum QueryOperand: Sendable {
  case number(Double)
  case text(String)
  case field(QueryField)
}
