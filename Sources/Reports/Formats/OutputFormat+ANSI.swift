internal import TerminalUI

extension OutputFormat {
  /// Text in the colours of a terminal, for a file that is shown in a terminal.
  public static let ansi: OutputFormat = {
    var format = OutputFormat(name: "ansi", summary: "coloured text for a terminal (cat FILE)")
    @Sendable func report(_ settings: ReportSettings) -> TextReport {
      TextReport(
        model: settings.model, paint: TerminalPaint(theme: settings.theme, colors: .indexed256))
    }
    format.explanations = DocumentWriter(note: "coloured anywhere") { report($0) }
    format.contrasts = DocumentWriter { report($0) }
    format.screen = DocumentWriter { Output(ScreenText(theme: $0.theme).text(of: $0.frame)) }
    return format
  }()
}
