public import Documents
internal import TerminalUI

public typealias PlainText = Written<Plain>
public typealias MarkupText = Written<Markup>
public typealias MarkdownText = Written<Markdown>
public typealias JSONText = Written<JSONDocument>
public typealias CSVText = Written<CSV>
public typealias VerbatimText = Written<Verbatim>

/// Lines for people, in a terminal or elsewhere: hidden characters and those that would move the
/// cursor, including line ends, are shown as marks.
public enum Plain: Medium {
  public static func escaped(_ foreign: String) -> String { DisplaySafe.shown(foreign) }
}

extension PlainText {
  /// Adds spaces up to a width in columns.
  public func padded(to columns: Int) -> PlainText {
    self + .spaces(columns - DisplaySafe.columns(of: text))
  }

  public static func spaces(_ count: Int) -> PlainText {
    Self(String(repeating: " ", count: max(0, count)))
  }

  /// Sets the colours and attributes of the following text (SGR).
  public static func sgr(_ parameters: [Int]) -> PlainText {
    "\u{1B}[\(parameters.map(String.init).joined(separator: ";"))m"
  }
}

/// HTML and SVG. Hidden and control characters are shown as marks: XML permits few of them, and a
/// reader should see what the model read. Line ends are kept.
public enum Markup: Medium {
  public static func escaped(_ foreign: String) -> String {
    var result = ""
    for scalar in shown(foreign).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func shown(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { DisplaySafe.shown(String($0)) }.joined(separator: "\n")
  }
}

/// Markdown on one line, with hidden characters shown as marks. Nothing in the escaped text is
/// interpreted as Markdown, HTML, a formula or an automatic link.
public enum Markdown: Medium {
  public static func escaped(_ foreign: String) -> String {
    var rest = DisplaySafe.shown(foreign)[...]
    var result = start(&rest)
    let characters = Array(rest)
    var breaks = AutomaticLinks.breaks(in: characters)[...]
    for (index, character) in characters.enumerated() {
      if breaks.first == index { result += AutomaticLinks.space }
      while let next = breaks.first, next <= index { breaks.removeFirst() }
      switch character {
      // the text between two of them would be a formula
      case "$": result += "&#36;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "|", "~", "&":
        result += "\\\(character)"
      default: result.append(character)
      }
    }
    return breaks.isEmpty ? result : result + AutomaticLinks.space
  }

  /// Escapes what would begin a list, a rule, a heading or code at the start of a line.
  private static func start(_ rest: inout Substring) -> String {
    if rest.hasPrefix("    ") {
      rest.removeFirst()
      return "&#32;"
    }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    rest.removeFirst(digits.count)
    let signs = digits.isEmpty ? "-+=" : ".)"
    guard let sign = rest.first, signs.contains(sign),
      rest.dropFirst().first.map({ $0 == " " || $0 == sign }) ?? true
    else { return String(digits) }
    rest.removeFirst()
    return digits + "\\" + String(sign)
  }
}

extension MarkdownText {
  /// A text of several lines.
  public init(lines foreign: String) {
    self = foreign.split(separator: "\n", omittingEmptySubsequences: false)
      .map { MarkdownText($0) }.joined(separator: "  \n")
  }
}

/// JSON, where foreign text becomes a JSON string. Characters that control a terminal or reorder
/// text are escaped, and any JSON parser restores them.
public enum JSONDocument: Medium {
  public static func escaped(_ foreign: String) -> String { JSON.string(foreign).line }
}

extension Written.Parts where M == JSONDocument {
  public mutating func appendInterpolation(_ json: JSON) { appendInterpolation(JSONText(json)) }
}

/// Fields as defined by RFC 4180.
public enum CSV: Medium {
  public static var isData: Bool { true }

  public static func escaped(_ foreign: String) -> String {
    foreign.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
      ? "\"" + foreign.replacing("\"", with: "\"\"") + "\"" : foreign
  }
}

/// The intended reader of a CSV file.
public enum CSVForm: Sendable {
  /// For programs: every field is read back unchanged.
  case exact
  /// For spreadsheets: see `SpreadsheetCell`.
  case spreadsheet

  fileprivate func field(_ text: String) -> String {
    self == .spreadsheet ? SpreadsheetCell.text(text) : text
  }
}

extension CSVText {
  /// A row with its line end.
  public init(row fields: [String], _ form: CSVForm = .exact) {
    self = fields.map { CSVText(form.field($0)) }.joined(separator: ",") + "\n"
  }
}

/// Text in a format of another component: the help or the shell completions of the argument parser.
public enum Verbatim: Medium {
  public static var isData: Bool { true }
  public static func escaped(_ foreign: String) -> String { foreign }
}
