internal import TerminalUI

/// Finished output of whatever medium.
///
/// The rule for text that is not ours: what people read (text, ANSI, HTML, SVG, Markdown) shows
/// hidden characters as marks wherever it is written. JSON escapes them. CSV is data: a file or a
/// pipe gets each character as it is, a terminal gets marks.
public struct Output: Sendable {
  /// As a file or a pipe gets it.
  public let text: String
  private let isData: Bool

  public init<M: Medium>(_ written: Written<M>) {
    text = written.text
    isData = M.isData
  }

  package static let empty = Output("" as PlainText)

  /// As a terminal gets it.
  public var terminalText: String {
    guard isData else { return text }
    return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { DisplaySafe.shown(String($0)) }.joined(separator: "\n")
  }
}
