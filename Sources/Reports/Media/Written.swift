public import Documents

/// A kind of output, and how foreign text is escaped in it.
public protocol Medium {
  /// Whether programs read it, so that control characters are kept in a file or a pipe.
  static var isData: Bool { get }
  static func escaped(_ foreign: String) -> String
}

extension Medium {
  public static var isData: Bool { false }
}

/// Text for one medium. A literal is the program's own text and is not changed; every interpolated
/// string is foreign (from a model, a file or the user) and is escaped, so that foreign text cannot
/// be written unescaped:
///
///     try sink.write("class \(name)\n" as PlainText)
///     let cell: MarkupText = "<td>\(name)</td>"
///
/// A `Sink` and `StandardError` only accept this type. Join parts as `Written`, not as strings: a
/// string counts as foreign.
public struct Written<M: Medium>: ExpressibleByStringInterpolation, Sendable {
  public private(set) var text: String

  public init(stringLiteral literal: String) { text = literal }
  public init(stringInterpolation parts: Parts) { text = parts.text }

  /// Foreign text, escaped.
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

  /// The same without spaces at the end.
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
