public import Documents

/// A kind of output, and how text that is not ours is written there.
public protocol Medium {
  /// Other programs read it: a character that a terminal would obey stays what it is in a file or a
  /// pipe.
  static var isData: Bool { get }
  static func escaped(_ foreign: String) -> String
}

extension Medium {
  public static var isData: Bool { false }
}

/// Text for one medium. A literal is ours and passes as it is; every interpolated string is foreign
/// (a model's, a file's, the user's) and is escaped, so that nothing foreign gets by unescaped:
///
///     try sink.write("class \(name)\n" as PlainText)
///     let cell: MarkupText = "<td>\(name)</td>"
///
/// A `Sink` and `StandardError` take nothing else. Join parts as `Written`, never as strings: what
/// was once a string is foreign again.
public struct Written<M: Medium>: ExpressibleByStringInterpolation, Sendable {
  public private(set) var text: String

  public init(stringLiteral literal: String) { text = literal }
  public init(stringInterpolation parts: Parts) { text = parts.text }

  /// Text that is not ours, escaped.
  public init(_ foreign: some StringProtocol) { text = M.escaped(String(foreign)) }

  public struct Parts: StringInterpolationProtocol {
    fileprivate var text = ""

    public init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity)
    }

    public mutating func appendLiteral(_ literal: String) { text += literal }
    public mutating func appendInterpolation(_ foreign: some StringProtocol) {
      text += M.escaped(String(foreign))
    }
    public mutating func appendInterpolation(_ own: Written) { text += own.text }
    public mutating func appendInterpolation(_ number: some BinaryInteger) {
      text += number.description
    }
    public mutating func appendInterpolation(_ number: Double) { text += number.description }
    public mutating func appendInterpolation(_ number: Float) { text += number.description }
  }

  public typealias StringInterpolation = Parts

  public var isEmpty: Bool { text.isEmpty }

  public static func + (first: Written, second: Written) -> Written {
    var both = first
    both.text += second.text
    return both
  }

  public static func += (first: inout Written, second: Written) { first.text += second.text }

  /// Without the spaces at its end.
  public var withoutTrailingSpaces: Written {
    var result = self
    while result.text.last == " " { result.text.removeLast() }
    return result
  }
}

extension Written where M == JSONDocument {
  public init(_ json: JSON) { text = json.line }
}

extension Sequence {
  public func joined<M: Medium>(separator: Written<M> = "") -> Written<M>
  where Element == Written<M> {
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
