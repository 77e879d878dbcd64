public import Datasets

extension QueryError {
  /// The error as a sentence.
  public var sentence: String {
    switch problem {
    case .unknownField(let name):
      "there is no field '\(name)'; the fields are "
        + QueryField.allCases.map(\.rawValue).joined(separator: " ")
    case .noOperator(let name):
      "an operator is missing: = != < > <= >= ~ !~; to find the word itself, put it in quotes: "
        + "\"\(name)\""
    case .noValue: "a value is missing"
    case .unfitOperator(let sign, let field):
      field.isNumber
        ? "\(field.rawValue) is a number: = != < > <= >=, not \(sign)"
        : "\(field.rawValue) is text: = != ~ !~, not \(sign)"
    case .notANumber(let text, let field): "\(field.rawValue) takes a number, not '\(text)'"
    case .badPattern: "not a valid regular expression"
    case .openQuote: "the quote is never closed"
    case .openParenthesis: "the parenthesis is never closed"
    case .unexpected(let text): "'\(text)' is not allowed here"
    case .tooDeep: "too deeply nested"
    }
  }
}
