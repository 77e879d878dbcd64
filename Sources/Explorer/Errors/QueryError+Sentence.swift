public import Datasets

extension QueryError {
  /// What is wrong, in a line.
  public var sentence: String {
    switch problem {
    case .unknownField(let name):
      "no field '\(name)'; fields: " + QueryField.allCases.map(\.rawValue).joined(separator: " ")
    case .noOperator: "an operator is missing: = != < > <= >= ~ !~"
    case .noValue: "a value is missing"
    case .unfitOperator(let sign, let field):
      field.isNumber
        ? "\(field.rawValue) is a number: = != < > <= >=, not \(sign)"
        : "\(field.rawValue) is text: = != ~ !~, not \(sign)"
    case .notANumber(let text, let field): "\(field.rawValue) wants a number, not '\(text)'"
    case .badPattern: "no regular expression"
    case .openQuote: "the quote is never closed"
    case .openParenthesis: "the parenthesis is never closed"
    case .unexpected(let text): "'\(text)' can't stand here"
    case .tooDeep: "too deeply nested"
    }
  }
}
