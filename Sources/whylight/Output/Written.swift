internal import Documents

/// A kind of output, and how text that is not ours is written there.
protocol Medium {
  /// Other programs read it: a character that a terminal would obey stays what it is in a file or a
  /// pipe.
  static var isData: Bool { get }
  static func escaped(_ foreign: String) -> String
}

extension Medium {
  static var isData: Bool { false }
}

/// Text for one medium. A literal is ours and passes as it is; every interpolated string is foreign
/// (a model's, a file's, the user's) and is escaped, so that nothing foreign gets by unescaped:
///
///     try sink.write("class \(name)\n" as PlainText)
///     let cell: MarkupText = "<td>\(name)</td>"
///
/// A `Sink` and `StandardError` take nothing else. Join parts as `Written`, never as strings: what
/// was once a string is foreign again.
struct Written<M: Medium>: ExpressibleByStringInterpolation, Sendable {
  private(set) var text: String

  init(stringLiteral literal: String) { text = literal }
  init(stringInterpolation parts: Parts) { text = parts.text }

  /// Text that is not ours, escaped.
  init(_ foreign: some StringProtocol) { text = M.escaped(String(foreign)) }

  struct Parts: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ foreign: some StringProtocol) {
      text += M.escaped(String(foreign))
    }
    mutating func appendInterpolation(_ own: Written) { text += own.text }
    mutating func appendInterpolation(_ number: some BinaryInteger) { text += number.description }
    mutating func appendInterpolation(_ number: Double) { text += number.description }
    mutating func appendInterpolation(_ number: Float) { text += number.description }
  }

  typealias StringInterpolation = Parts

  var isEmpty: Bool { text.isEmpty }

  static func + (first: Written, second: Written) -> Written {
    var both = first
    both.text += second.text
    return both
  }

  static func += (first: inout Written, second: Written) { first.text += second.text }

  /// Without the spaces at its end.
  var withoutTrailingSpaces: Written {
    var result = self
    while result.text.last == " " { result.text.removeLast() }
    return result
  }
}

extension Written where M == JSONDocument {
  init(_ json: JSON) { text = json.line }
}

extension Sequence {
  func joined<M: Medium>(separator: Written<M> = "") -> Written<M> where Element == Written<M> {
    var whole: Written<M> = ""
    var isFirst = true
    for part in self {
      if !isFirst { whole += separator }
      whole += part
      isFirst = false
    }
    return whole
  }
}
