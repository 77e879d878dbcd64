internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers

/// Draws the editor of a text.
struct EditorView {
  @Shared var state: State
  let layout: ExploreLayout
  /// The index of the text, from 0.
  var part = 0

  private var editor: TextEditor {
    state.document.fields.element(at: part)?.editor ?? TextEditor()
  }

  func draw(on picture: inout Picture) {
    let box = layout.editor(of: part)
    guard box.size.rows > 0 else { return }
    let isFocused = state.explore.focus == .editor && state.document.part == part
    picture.frame.box(box, title: state.title(ofPart: part), note: note, isFocused: isFocused)
    picture.mark(box, as: .explore(.pane(.editor)))
    let area = layout.editorText(of: part)
    picture.mark(area, as: .explore(.editorText(part)))
    picture.draw(editor, in: area, isFocused: isFocused && state.overlay == nil)
    let (count, top) = (editor.layout.rowCount, editor.scroll.row)
    picture.frame.scrollMark(top..<min(count, top + area.size.rows), of: count, in: box)
    guard editor.text.isEmpty else { return }
    picture.frame.write(
      part == 0 ? "Type or paste a text." : "Type or paste the second text.", at: area.origin,
      style: Style(.dim), maxColumns: area.size.columns)
  }

  private var note: String {
    var parts: [String] = []
    // The token count of both texts together is shown with the first.
    if part == 0, state.isPredictionFresh, !state.document.isBlank,
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
    if part > 0, state.isPredictionFresh,
      let encoding = state.predictions.latest?.prediction.encoding, encoding.pair == nil
    {
      parts.append("this model reads one text")
    }
    let isFocused = state.explore.focus == .editor && state.document.part == part
    if isFocused, let count = editor.selectedCharacters {
      parts.append("\(Numerals.grouped(count)) selected")
    }
    let place = editor.lineAndCharacter
    parts.append("ln \(place.line)" + (place.character.map { " col \($0)" } ?? ""))
    return parts.joined(separator: "  ")
  }
}
