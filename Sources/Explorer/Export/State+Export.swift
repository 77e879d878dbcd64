internal import Classifiers
internal import Datasets
internal import Reports
internal import TerminalUI
internal import Tokenizers
package import Workbench

/// Exporting what is on the screen to a file.
extension State {
  mutating func openExport() {
    let formats = layer.exportFormats(catalog.formats)
    guard !formats.isEmpty, layer.exported(as: formats[0], self) != nil else {
      return say("there is nothing to export yet")
    }
    overlay = ExportPrompt(
      path: layer.exportName(self), formats: formats, catalog: catalog.formats)
  }

  /// The screen without overlay, message and cursor.
  var frameWithoutOverlay: Frame {
    var bare = self
    (bare.overlay, bare.message) = (nil, nil)
    var frame = bare.picture.frame
    frame.cursor = nil
    return frame
  }

  /// - Returns: whether there is something to write.
  mutating func export(
    to path: String, as format: OutputFormat, _ effects: inout [Effect]
  ) -> Bool {
    guard let content = layer.exported(as: format, self) else {
      say("there is nothing to export")
      return false
    }
    say("writing \(path)")
    ask(Export(content, to: path, as: format), &effects)
    return true
  }
}

extension Export: AskedQuestion {
  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    switch answer {
    case .written(let bytes):
      let said = "wrote \(path), \(Numerals.bytes(bytes))"
      state.add(.note, said)
      state.message = Message(kind: .notice, text: said)
      // An exported file that contains the notes saves them as well as the store does.
      if case .examples(let examples) = content {
        state.dataset.notes.unsaved.subtract(examples.rows)
      }
    case .exists: state.overlay = Confirmation.replace(self)
    }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.add(.problem, failure.reason)
    state.message = Message(kind: .error, text: failure.reason)
  }
}
