public import Classifiers

/// A model card, as lines for the screen. All of it is foreign text.
public struct ModelCardText: Sendable, Equatable {
  public enum Line: Sendable, Equatable {
    case heading(String)
    /// A paragraph or an item of a list, unwrapped.
    case text(String)
    /// A line of a table or of code, which is not joined with others.
    case verbatim(String)
    case blank
  }

  /// The name of its file.
  public var file: String
  public var lines: [Line]
  /// Only the beginning of the file was read.
  public var isCut: Bool

  /// The most bytes that are read of a file.
  public static let limit = 64_000

  /// Leaves out YAML front matter, which programs read.
  public init(_ file: CardFile) {
    self.file = file.name
    isCut = file.isCut
    lines = Self.lines(of: Self.withoutFrontMatter(String(decoding: file.bytes, as: UTF8.self)))
  }

  private static func withoutFrontMatter(_ text: String) -> [Substring] {
    let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard let first = lines.first, first.trimmed == "---",
      let end = lines.dropFirst().firstIndex(where: { ["---", "..."].contains($0.trimmed) })
    else { return lines }
    return Array(lines[(end + 1)...])
  }

  /// Lines of a paragraph are joined; of the marks those of headings and tables are left out.
  private static func lines(of source: [Substring]) -> [Line] {
    var lines: [Line] = []
    var paragraph = ""
    var isCode = false
    func end() {
      if !paragraph.isEmpty { lines.append(.text(paragraph)) }
      paragraph = ""
    }
    for raw in source {
      let line = String(raw).replacing("\t", with: "    ")
      let words = line.trimmed
      if words.hasPrefix("```") || words.hasPrefix("~~~") {
        end()
        isCode.toggle()
      } else if isCode {
        lines.append(.verbatim(line))
      } else if words.isEmpty {
        end()
        if let last = lines.last, last != .blank { lines.append(.blank) }
      } else if words.hasPrefix("#") {
        end()
        lines.append(.heading(words.drop { $0 == "#" }.trimmed))
      } else if words.hasPrefix("|") {
        end()
        if let row = tableRow(words) { lines.append(.verbatim(row)) }
      } else {
        if words.beginsItem { end() }
        paragraph += (paragraph.isEmpty ? "" : " ") + words
      }
    }
    end()
    if lines.last == .blank { lines.removeLast() }
    return lines
  }

  /// The cells of a row of a table; nil for a line between head and body, and for an empty head.
  private static func tableRow(_ line: String) -> String? {
    var cells = line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
    if cells.first == "" { cells.removeFirst() }
    if cells.last == "" { cells.removeLast() }
    if cells.allSatisfy({ $0.allSatisfy { "-: ".contains($0) } }) { return nil }
    return cells.joined(separator: "   ")
  }
}

extension StringProtocol {
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...end])
  }

  /// `- `, `* `, `> `, `1. `
  fileprivate var beginsItem: Bool {
    let digits = prefix { $0.isASCII && $0.isNumber }
    guard digits.isEmpty else {
      return digits.count < 4 && dropFirst(digits.count).hasPrefix(". ")
    }
    return ["- ", "* ", "+ ", "> "].contains { hasPrefix($0) }
  }
}
