/// What a screen can be written as. A new one is a line here and a writer in the program.
public enum ExportFormat: String, Sendable, CaseIterable {
  case html, svg, png, ansi, csv, json, jsonl, markdown, text

  /// Of file names.
  public var ending: String {
    switch self {
    case .markdown: "md"
    case .text: "txt"
    case .html, .svg, .png, .ansi, .csv, .json, .jsonl: rawValue
    }
  }

  public var summary: String {
    switch self {
    case .html: "web page that loads nothing"
    case .svg: "vector image"
    case .png: "bitmap (needs rsvg-convert)"
    case .ansi: "coloured text for a terminal (cat FILE)"
    case .csv: "table for a spreadsheet"
    case .json: "JSON"
    case .jsonl: "JSON, one object a line"
    case .markdown: "Markdown"
    case .text: "plain text"
    }
  }

  /// By a file's name.
  public init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let found = Self.allCases.first { $0.ending == ending || $0.rawValue == ending }
    guard let found, name.contains(".") else { return nil }
    self = found
  }

  /// A picture of the screen rather than its data.
  public var isPicture: Bool { [.svg, .png, .ansi].contains(self) }
}
