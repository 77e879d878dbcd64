internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers

/// The pane that is typed into.
struct EditorView {
  let state: State
  let layout: Layout

  func draw(on picture: inout Picture) {
    let isFocused = state.explore.focus == .editor
    picture.frame.box(layout.editor, title: "Text", note: note, isFocused: isFocused)
    picture.mark(layout.editor, as: .pane(.editor))
    let area = layout.editorText
    picture.mark(area, as: .editorText)
    picture.frame.draw(
      state.document.editor, in: area, isFocused: isFocused && state.overlay == nil)
    let (count, top) = (state.document.editor.layout.rowCount, state.document.editor.scroll.row)
    picture.frame.scrollMark(top..<min(count, top + area.size.rows), of: count, in: layout.editor)
    guard state.document.editor.text.isEmpty else { return }
    picture.frame.write(
      "Type or paste a text.", at: area.origin, style: Style(.dim), maxColumns: area.size.columns)
  }

  private var note: String {
    var parts: [String] = []
    if state.isPredictionFresh, !state.document.isBlank,
      let prediction = state.predictions.latest?.prediction
    {
      let count = prediction.encoding.pieces.count
      parts.append("\(Numerals.grouped(count)) token\(count == 1 ? "" : "s")")
      if let truncation = state.truncation {
        let read = Numerals.grouped(truncation.read)
        parts[0] =
          "\(Numerals.grouped(truncation.tokens)) tokens, the "
          + (truncation.side == .right ? "first" : "last")
          + (truncation.rest == .unread ? " \(read) are read" : " \(read) are pooled")
      }
    }
    let place = state.document.editor.lineAndCharacter
    parts.append("ln \(place.line)" + (place.character.map { " col \($0)" } ?? ""))
    return parts.joined(separator: "  ")
  }
}
