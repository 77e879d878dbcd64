internal import Classifiers
internal import Datasets
internal import Reports
internal import TerminalUI
internal import Tokenizers

/// Writing what is on the screen to a file.
extension State {
  mutating func openExport() {
    let formats = layer.exportFormats
    guard !formats.isEmpty, layer.exported(as: formats[0], self) != nil else {
      return say("there is nothing to export yet")
    }
    overlay = ExportPrompt(path: layer.exportName(self), formats: formats)
  }

  /// The screen without what lies over it and without the cursor's message.
  var bareFrame: Frame {
    var bare = self
    (bare.overlay, bare.message) = (nil, nil)
    var frame = bare.picture.frame
    frame.cursor = nil
    return frame
  }

  /// The marked rows, or all rows in sight of the filter, in the order of the screen.
  var exportedExamples: ExportedExamples {
    let rows = errors.rows.view.rows
    let marked = errors.rows.marked
    return ExportedExamples(
      title: errors.dataset.name ?? "examples", query: errors.rows.viewed?.query ?? "",
      rows: marked.isEmpty ? rows : rows.filter { marked.contains($0) },
      annotations: errors.notes.annotations)
  }

  var comparisonTitle: String {
    let text = predictions.latest?.prediction.encoding.text ?? ""
    return text.count > 80 ? text.prefix(80) + "…" : text
  }

  var journalTable: ExportTable {
    ExportTable(
      title: "Log", header: ["seconds", "kind", "text"],
      rows: journal.entries.map {
        [Numerals.fixed(Float($0.seconds), 3), $0.kind.rawValue, $0.text]
      })
  }

  /// - Returns: whether there was something to write.
  mutating func export(
    to path: String, as format: ExportFormat, _ effects: inout [Effect]
  ) -> Bool {
    guard let content = layer.exported(as: format, self) else {
      say("there is nothing to export")
      return false
    }
    say("writing \(path)")
    effects.append(
      .export(ExportRequest(path: path, format: format, mayReplace: false, content: content)))
    return true
  }

  mutating func receive(_ event: ExportEvent) {
    switch event {
    case .written(let request, let bytes):
      message = Message(
        kind: .notice, text: "wrote \(request.path), \(Numerals.bytes(bytes))")
      // a file with the notes keeps them as well as any store
      if case .examples(let examples) = request.content {
        errors.notes.unkept.subtract(examples.rows)
      }
    case .exists(let request): overlay = Confirmation.replace(request)
    case .failed(let sentence): message = Message(kind: .error, text: sentence)
    }
  }
}
