/// A token of a query, with its range in characters.
struct QueryToken: Equatable {
  enum Kind: Equatable {
    case word(String)
    /// In double or single quotes, and therefore never a field, an operator or `and`.
    case quoted(String)
    case comparison(QueryOperator)
    case open, close
  }

  var kind: Kind
  var range: Range<Int>
}

extension QueryOperator: Equatable {}

enum QueryLexer {
  static func tokens(of text: String) throws(QueryError) -> [QueryToken] {
    let characters = Array(text)
    var tokens: [QueryToken] = []
    var index = 0
    while index < characters.count {
      let character = characters[index]
      if character.isWhitespace {
        index += 1
      } else if character == "(" || character == ")" {
        tokens.append(
          QueryToken(kind: character == "(" ? .open : .close, range: index..<index + 1))
        index += 1
      } else if isQuote(at: index, in: characters, after: tokens.last) {
        tokens.append(try quoted(&index, characters))
      } else if let found = comparison(at: index, in: characters) {
        tokens.append(QueryToken(kind: .comparison(found.operator), range: index..<found.end))
        index = found.end
      } else {
        tokens.append(word(&index, characters, isValue: tokens.last?.isComparison == true))
      }
    }
    return tokens
  }

  private static func isQuote(
    at index: Int, in characters: [Character], after last: QueryToken?
  ) -> Bool {
    characters[index] == "\"" || (characters[index] == "'" && last?.isComparison == true)
  }

  private static func comparison(
    at index: Int, in characters: [Character]
  ) -> (operator: QueryOperator, end: Int)? {
    if characters[index...].starts(with: "==") { return (.equal, index + 2) }
    let found = QueryOperator.allCases.first { characters[index...].starts(with: $0.rawValue) }
    return found.map { ($0, index + $0.rawValue.count) }
  }

  /// A backslash escapes a quote that follows it; otherwise it is an ordinary character, as
  /// patterns need it.
  private static func quoted(
    _ index: inout Int, _ characters: [Character]
  ) throws(QueryError) -> QueryToken {
    let start = index
    let quote = characters[start]
    var content = ""
    index += 1
    while index < characters.count {
      let character = characters[index]
      index += 1
      if character == quote {
        return QueryToken(kind: .quoted(content), range: start..<index)
      }
      if character == "\\", index < characters.count, characters[index] == quote {
        content.append(quote)
        index += 1
      } else {
        content.append(character)
      }
    }
    throw QueryError(.openQuote, start..<characters.count)
  }

  /// A field ends at its operator; a value extends to the next space or parenthesis.
  private static func word(
    _ index: inout Int, _ characters: [Character], isValue: Bool
  ) -> QueryToken {
    let start = index
    while index < characters.count {
      let character = characters[index]
      if character.isWhitespace || character == "(" || character == ")" { break }
      if !isValue, comparison(at: index, in: characters) != nil { break }
      index += 1
    }
    return QueryToken(kind: .word(String(characters[start..<index])), range: start..<index)
  }
}

extension QueryToken {
  var isComparison: Bool {
    if case .comparison = kind { true } else { false }
  }
}
