import Documents

extension JSON {
  var items: [JSON] { if case .array(let items) = self { items } else { [] } }
  /// In single precision, as figures of a model are written.
  var number: Float? {
    switch self {
    case .integer(let value): Float(value)
    case .number(let value): Float(value)
    case .float(let value): value
    default: nil
    }
  }
}
