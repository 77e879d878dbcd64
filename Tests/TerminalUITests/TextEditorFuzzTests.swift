import TerminalUI
import TestSupport
import Testing

@Suite struct TextEditorFuzzTests {
  /// Keys, pastes, clicks, sizes and scrolls in any order.
  private func anything(_ editor: inout TextEditor, _ random: inout SeededRandom) {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<9:
      _ = editor.perform(EditorCommand.allCases.randomElement(using: &random) ?? .undo)
    case 9..<13:
      let characters = oddTexts.joined()
      let character = characters.randomElement(using: &random) ?? "x"
      _ = editor.handle(Key(.character(character)))
    case 13..<16:
      // Scalars on their own join and part clusters in every way.
      let scalars = Array(oddTexts.joined().unicodeScalars)
      let scalar = scalars.randomElement(using: &random) ?? "x"
      _ = editor.paste(String(scalar))
    case 16: _ = editor.paste(oddTexts.randomElement(using: &random) ?? "")
    case 17:
      let place = Position(
        column: Int.random(in: -3...40, using: &random), row: Int.random(in: -3...9, using: &random)
      )
      if Bool.random(using: &random) {
        _ = editor.click(at: place, count: Int.random(in: 1...4, using: &random))
      } else {
        _ = editor.drag(to: place)
      }
    case 18:
      let size = Size(
        columns: Int.random(in: -1...30, using: &random),
        rows: Int.random(in: -1...6, using: &random))
      editor.resize(to: size)
    default: _ = editor.scroll(by: Int.random(in: -9...9, using: &random))
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5]) func `no sequence of keys breaks an invariant`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var editor = TextEditor(size: Size(columns: 10, rows: 3), isSingleLine: seed == 5)
    for step in 0..<2000 {
      anything(&editor, &random)
      let starts = Set(editor.text.indices.map { $0.utf16Offset(in: editor.text) })
      let selection = editor.selection ?? editor.cursor..<editor.cursor
      for end in [editor.cursor, selection.lowerBound, selection.upperBound] {
        let index = editor.text.utf8.index(editor.text.startIndex, offsetBy: end)
        let isBoundary =
          index == editor.text.endIndex || starts.contains(index.utf16Offset(in: editor.text))
        #expect(isBoundary, "seed \(seed), step \(step)")
      }
      #expect(editor.scroll.row >= 0 && editor.scroll.row < editor.layout.rowCount)
      let fresh = TextLayout(editor.text, columns: editor.layout.columns)
      let isFresh = editor.layout == fresh
      #expect(isFresh, "seed \(seed), step \(step)")
    }
  }

  @Test(arguments: [11, 12, 13]) func `undoing all and redoing all lose nothing`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let start = "the start e\u{301}🇫🇷"
    var editor = TextEditor(start, size: Size(columns: 10, rows: 3))
    for _ in 0..<900 { anything(&editor, &random) }
    while editor.perform(.redo) == .edited {}
    let end = editor.text
    while editor.perform(.undo) == .edited {}
    #expect(editor.text.utf8.elementsEqual(start.utf8))
    while editor.perform(.redo) == .edited {}
    #expect(editor.text.utf8.elementsEqual(end.utf8))
  }
}
