public import Documents
internal import TerminalUI

public typealias PlainText = Written<Plain>
public typealias MarkupText = Written<Markup>
public typealias MarkdownText = Written<Markdown>
public typealias JSONText = Written<JSONDocument>
public typealias CSVText = Written<CSV>
public typealias VerbatimText = Written<Verbatim>

/// Lines for people, on a terminal or not: what is hidden or would move the cursor is a visible mark,
/// a line end too.
public enum Plain: Medium {
  public static func escaped(_ foreign: String) -> String { DisplaySafe.shown(foreign) }
}

extension PlainText {
  /// Spaces follow until it takes so many columns.
  public func padded(to columns: Int) -> PlainText {
    self + .spaces(columns - DisplaySafe.columns(of: text))
  }

  public static func spaces(_ count: Int) -> PlainText {
    Self(String(repeating: " ", count: max(0, count)))
  }

  /// Sets the colours and attributes of what follows (SGR).
  public static func sgr(_ parameters: [Int]) -> PlainText {
    "\u{1B}[\(parameters.map(String.init).joined(separator: ";"))m"
  }
}

/// HTML and SVG. Hidden and control characters are visible marks here too: XML allows few of them,
/// and a reader should see what the model saw. Line ends stay.
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

/// Markdown with what is hidden as a visible mark, on one line. Nothing in it is a mark, HTML, a
/// formula, or a link that nobody asked for.
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
      // between two of them is a formula
      case "$": result += "&#36;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "<", ">", "#", "|", "~", "&":
        result += "\\\(character)"
      default: result.append(character)
      }
    }
    return breaks.isEmpty ? result : result + AutomaticLinks.space
  }

  /// What would begin a list, a rule, a heading or code if it came first on a line.
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

/// JSON, in which a string is a string of JSON. What a terminal would obey, and what reorders text on
/// a screen, is escaped, which every reader of JSON undoes.
public enum JSONDocument: Medium {
  public static func escaped(_ foreign: String) -> String { JSON.string(foreign).line }
}

extension Written.Parts where M == JSONDocument {
  public mutating func appendInterpolation(_ json: JSON) { appendInterpolation(JSONText(json)) }
}

/// Fields of RFC 4180.
public enum CSV: Medium {
  public static var isData: Bool { true }

  public static func escaped(_ foreign: String) -> String {
    foreign.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
      ? "\"" + foreign.replacing("\"", with: "\"\"") + "\"" : foreign
  }
}

/// Whom a CSV file is for.
public enum CSVForm: Sendable {
  /// For programs: every field reads back as it was.
  case exact
  /// For spreadsheets: see `SpreadsheetCell`.
  case spreadsheet

  fileprivate func field(_ text: String) -> String {
    self == .spreadsheet ? SpreadsheetCell.text(text) : text
  }
}

extension CSVText {
  /// One row with its line end.
  public init(row fields: [String], _ form: CSVForm = .exact) {
    self = fields.map { CSVText(form.field($0)) }.joined(separator: ",") + "\n"
  }
}

/// Text whose form is another program's business: what the argument parser prints as help or as a
/// script for a shell.
public enum Verbatim: Medium {
  public static var isData: Bool { true }
  public static func escaped(_ foreign: String) -> String { foreign }
}
