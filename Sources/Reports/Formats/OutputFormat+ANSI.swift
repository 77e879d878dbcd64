internal import TerminalUI

extension OutputFormat {
  /// Text in the colours of a terminal, for a file that is shown in a terminal.
  public static let ansi: OutputFormat = {
    var format = OutputFormat(name: "ansi", summary: "coloured text for a terminal (cat FILE)")
    format.explanations = DocumentWriter(note: "coloured anywhere") {
      TextReport(
        model: $0.model, paint: TerminalPaint(theme: $0.theme, colors: .indexed256))
    }
    format.screen = DocumentWriter { Output(ScreenText(theme: $0.theme).text(of: $0.frame)) }
    return format
  }()
}
