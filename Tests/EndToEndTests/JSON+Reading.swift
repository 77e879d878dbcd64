import Documents

extension JSON {
  /// Of a list; none of anything else.
  var items: [JSON] { if case .array(let items) = self { items } else { [] } }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .float(let value): Double(value)
    default: nil
    }
  }
}
