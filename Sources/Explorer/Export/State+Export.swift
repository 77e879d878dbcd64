internal import Classifiers
internal import Datasets
internal import TerminalUI
internal import Tokenizers

/// Writing what is on the screen to a file.
extension State {
  mutating func openExport() {
    let formats = exportFormats
    guard !formats.isEmpty, exportContent(formats[0]) != nil else {
      return say("there is nothing to export yet")
    }
    overlay = .export(ExportPrompt(path: exportName, formats: formats))
  }

  /// What the screen can be written as, the likeliest first.
  private var exportFormats: [ExportFormat] {
    switch screen {
    case .explore: [.html, .svg, .png, .ansi, .json, .csv, .markdown, .text]
    case .errors: [.csv, .jsonl, .json, .markdown, .html, .svg, .png, .ansi]
    case .compare: [.csv, .json, .markdown, .html, .svg, .png, .ansi]
    case .journal: [.csv, .json, .markdown, .html, .svg, .png, .ansi]
    }
  }

  /// A file in the folder that the program was started in.
  private var exportName: String {
    switch screen {
    case .explore: return "explanation.html"
    case .errors:
      let name = errors.name?.split(separator: ".").first.map(String.init) ?? "examples"
      return "\(name)-reviewed.csv"
    case .compare: return "comparison.csv"
    case .journal: return "log.csv"
    }
  }

  private func exportContent(_ format: ExportFormat) -> ExportContent? {
    switch screen {
    case .explore:
      guard let shown, !isShownStale, isPredictionFresh, let prediction else { return nil }
      return .explanation(shown, prediction.prediction)
    case .errors:
      guard errors.table != nil, !errors.view.rows.isEmpty else { return nil }
      return format.isPicture ? .picture(bareFrame) : .examples(exportedExamples)
    case .compare:
      guard let comparison else { return nil }
      return format.isPicture ? .picture(bareFrame) : .table(comparison)
    case .journal: return format.isPicture ? .picture(bareFrame) : .table(journalTable)
    }
  }

  /// The screen without what lies over it and without the cursor's message.
  private var bareFrame: Frame {
    var bare = self
    (bare.overlay, bare.message) = (nil, nil)
    var frame = bare.picture.frame
    frame.cursor = nil
    return frame
  }

  /// The marked rows, or all rows in sight of the filter, in the order of the screen.
  private var exportedExamples: ExportedExamples {
    let rows = errors.view.rows
    let marked = errors.marked
    return ExportedExamples(
      title: errors.name ?? "examples", query: errors.viewed?.query ?? "",
      rows: marked.isEmpty ? rows : rows.filter { marked.contains($0) },
      annotations: errors.annotations)
  }

  var comparisonTitle: String {
    let text = prediction?.prediction.encoding.text ?? ""
    return text.count > 80 ? text.prefix(80) + "…" : text
  }

  var journalTable: ExportTable {
    ExportTable(
      title: "Log", header: ["seconds", "kind", "text"],
      rows: journal.entries.map {
        [Numerals.fixed(Float($0.seconds), 3), $0.kind.rawValue, $0.text]
      })
  }

  mutating func accept(_ prompt: ExportPrompt, _ effects: inout [Effect]) {
    let path = prompt.field.text
    guard let format = prompt.format else {
      let endings = prompt.formats.map { "." + $0.ending }.joined(separator: " ")
      message = Message(kind: .warning, text: "the ending says the format: \(endings)")
      return
    }
    guard let content = exportContent(format) else { return say("there is nothing to export") }
    overlay = nil
    say("writing \(path)")
    effects.append(
      .export(ExportRequest(path: path, format: format, mayReplace: false, content: content)))
  }

  mutating func take(_ event: ExportEvent) {
    switch event {
    case .written(let request, let bytes):
      message = Message(
        kind: .notice, text: "wrote \(request.path), \(Numerals.bytes(bytes))")
      // a file with the notes keeps them as well as any store
      if case .examples(let examples) = request.content {
        errors.unkept.subtract(examples.rows)
      }
    case .exists(let request): overlay = .confirmation(.replace(request))
    case .failed(let sentence): message = Message(kind: .error, text: sentence)
    }
  }
}
