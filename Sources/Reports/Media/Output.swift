internal import TerminalUI

/// Output that is ready to be written, in any medium.
///
/// The rule for foreign text: formats for people (text, ANSI, HTML, SVG, Markdown) show hidden
/// characters as marks, wherever they are written. JSON escapes them. CSV is data: a file or a pipe
/// receives the original characters, a terminal receives marks.
public struct Output: Sendable {
  /// For a file or a pipe.
  public let text: String
  private let isData: Bool

  public init<M: Medium>(_ written: Written<M>) {
    text = written.text
    isData = M.isData
  }

  package static let empty = Output("" as PlainText)

  /// For a terminal.
  public var terminalText: String {
    guard isData else { return text }
    return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { DisplaySafe.shown(String($0)) }.joined(separator: "\n")
  }
}
