import TerminalUI
import TestSupport
import Testing

@Suite struct TextEditorTests {
  private func editor(_ text: String = "", _ columns: Int = 20, _ rows: Int = 4) -> TextEditor {
    TextEditor(text, size: Size(columns: columns, rows: rows))
  }

  private func control(_ letter: Character) -> Key { Key(.character(letter), .control) }
  private func alt(_ letter: Character) -> Key { Key(.character(letter), .alt) }

  private func typing(_ text: String, into editor: inout TextEditor) {
    for character in text { _ = editor.handle(Key(.character(character))) }
  }

  @Test func `typed characters stand where the cursor is`() {
    var editor = editor("ac")
    _ = editor.perform(.moveLeft)
    #expect(editor.handle(Key(.character("b"))) == .edited)
    #expect(editor.text == "abc" && editor.cursor == 2)
    #expect(editor.handle(Key(.enter)) == .edited)
    #expect(editor.text == "ab\nc" && editor.lineAndCharacter.line == 2)
    #expect(editor.lineAndCharacter.character == 1)
  }

  @Test func `keys that are not the editor's are left to others`() {
    var editor = editor("a")
    for key in [Key(.tab), Key(.escape), Key(.function(1)), control("x"), alt("q"), control("z")] {
      #expect(editor.handle(key) == nil)
    }
    #expect(editor.text == "a")
  }

  @Test func `undo and redo go word by word`() {
    var editor = editor()
    typing("abc def", into: &editor)
    #expect(editor.perform(.undo) == .edited && editor.text == "abc ")
    #expect(editor.perform(.undo) == .edited && editor.text.isEmpty)
    #expect(editor.perform(.undo) == .nothing)
    #expect(editor.perform(.redo) == .edited && editor.text == "abc ")
    #expect(editor.perform(.redo) == .edited && editor.text == "abc def" && editor.cursor == 7)
    #expect(editor.perform(.redo) == .nothing)
  }

  @Test func `a movement between two keys begins a new step`() {
    var editor = editor()
    typing("ab", into: &editor)
    _ = editor.perform(.moveLeft)
    typing("c", into: &editor)
    #expect(editor.text == "acb")
    _ = editor.perform(.undo)
    #expect(editor.text == "ab" && editor.cursor == 1)
  }

  @Test func `deleting backward and forward undoes word by word`() {
    var editor = editor("one two")
    for _ in 0..<7 { _ = editor.perform(.deleteBackward) }
    #expect(editor.text.isEmpty && editor.undoCount == 2)
    _ = editor.perform(.undo)
    #expect(editor.text == "one ")
    _ = editor.perform(.undo)
    _ = editor.perform(.moveToTextStart)
    for _ in 0..<7 { _ = editor.perform(.deleteForward) }
    #expect(editor.text.isEmpty && editor.undoCount == 2)
    _ = editor.perform(.undo)
    #expect(editor.text == "two" && editor.cursor == 0)
  }

  @Test func `a paste is one step with its lines, tabs and controls`() {
    var editor = editor("x")
    #expect(editor.paste("one\n\ttwo\u{1B}[31m\nthree") == .edited)
    #expect(editor.text == "xone\n\ttwo\u{1B}[31m\nthree" && editor.layout.rowCount == 3)
    _ = editor.perform(.undo)
    #expect(editor.text == "x" && editor.cursor == 1)
  }

  @Test func `words and lines are cut and put back as readline does`() {
    var editor = editor("one two-three four")
    _ = editor.handle(control("w"))
    _ = editor.handle(control("w"))
    #expect(editor.text == "one ")
    _ = editor.handle(control("y"))
    #expect(editor.text == "one two-three four")
    _ = editor.handle(alt("b"))
    _ = editor.handle(alt("b"))
    #expect(editor.cursor == 8)
    _ = editor.handle(alt("d"))
    #expect(editor.text == "one two- four")
    _ = editor.handle(control("u"))
    #expect(editor.text == " four" && editor.cursor == 0)
    _ = editor.handle(control("k"))
    #expect(editor.text.isEmpty)
    _ = editor.handle(control("y"))
    #expect(editor.text == "one two-three four")
    _ = editor.handle(control("a"))
    _ = editor.handle(alt("f"))
    #expect(editor.cursor == 3)
    _ = editor.handle(Key(.backspace, .alt))
    #expect(editor.text == " two-three four")
  }

  @Test func `cutting at a line's end joins it with the next`() {
    var editor = editor("ab\ncd")
    _ = editor.perform(.moveUp)
    _ = editor.handle(control("e"))
    _ = editor.handle(control("k"))
    #expect(editor.text == "abcd" && editor.cursor == 2)
  }

  @Test func `up and down keep to their column through shorter rows`() {
    var editor = editor("long row of words\nab\nanother long row of words", 12)
    _ = editor.perform(.moveToTextStart)
    for _ in 0..<8 { _ = editor.perform(.moveRight) }
    var columns: [Int] = []
    for _ in 0..<5 {
      columns.append(editor.layout.position(of: editor.cursor).column)
      _ = editor.perform(.moveDown)
    }
    #expect(columns == [8, 5, 2, 8, 8])
    #expect(editor.perform(.moveDown) == .nothing)
    for _ in 0..<4 { _ = editor.perform(.moveUp) }
    #expect(editor.cursor == 8 && editor.perform(.moveUp) == .nothing)
  }

  @Test func `movement and deletion go cluster by cluster`() {
    let text = "👍🏽👨‍👩‍👧e\u{301}🇫🇷\r\nक्षि"
    var editor = editor(text)
    var left = 0
    while editor.perform(.moveLeft) != .nothing { left += 1 }
    #expect(left == text.count)
    for _ in text { _ = editor.perform(.deleteForward) }
    #expect(editor.text.isEmpty)
  }

  @Test func `a mark typed behind a letter joins it and comes off by undo`() {
    var editor = editor("ex")
    _ = editor.perform(.moveLeft)
    _ = editor.type("\u{301}")
    #expect(editor.cursor == 3 && editor.text.count == 2)
    _ = editor.perform(.undo)
    #expect(editor.text == "ex" && editor.cursor == 1)
  }

  @Test func `a click places the cursor, also beyond rows and below the text`() {
    var editor = editor("one two three\n中文", 8)
    _ = editor.click(at: Position(column: 1, row: 1))
    #expect(editor.cursor == 9)
    _ = editor.click(at: Position(column: 7, row: 0))
    #expect(editor.cursor == 7)
    _ = editor.click(at: Position(column: 1, row: 2))
    #expect(editor.cursor == 14)
    _ = editor.click(at: Position(column: 5, row: 3))
    #expect(editor.cursor == editor.text.utf8.count)
    _ = editor.click(at: Position(column: -5, row: -5))
    #expect(editor.cursor == 0)
  }

  @Test func `the cursor is kept in sight, and scrolling leaves it`() {
    var editor = editor((0..<50).map(String.init).joined(separator: "\n"))
    #expect(editor.scroll.row == 46 && editor.cursorPosition == Position(column: 2, row: 3))
    #expect(editor.scroll(by: -100) == .moved && editor.scroll.row == 0)
    #expect(editor.cursorPosition == nil)
    #expect(editor.perform(.moveUp) == .moved && editor.scroll.row == 45)
    _ = editor.perform(.movePageUp)
    #expect(editor.lineAndCharacter.line == 46)
    _ = editor.perform(.moveToTextStart)
    #expect(editor.scroll.row == 0)
    editor.resize(to: Size(columns: 1, rows: 2))
    _ = editor.perform(.moveToTextEnd)
    #expect(editor.cursorPosition == Position(column: 1, row: 1))
  }

  @Test func `a single line scrolls sideways and keeps line ends out`() {
    var prompt = TextEditor("", size: Size(columns: 6, rows: 1), isSingleLine: true)
    _ = prompt.paste("gold!=pred\np>0.8")
    #expect(prompt.text == "gold!=pred p>0.8" && prompt.layout.rowCount == 1)
    #expect(prompt.handle(Key(.enter)) == nil && prompt.handle(Key(.up)) == nil)
    var frame = Frame(size: Size(columns: 8, rows: 1))
    frame.draw(prompt, in: Rect(column: 1, row: 0, columns: 6, rows: 1))
    #expect(frame.snapshot() == "| …>0.8\ncursor 6,0\n")
    _ = prompt.perform(.moveToLineStart)
    #expect(prompt.scroll.column == 0)
  }

  @Test(arguments: [true, false])
  func `a single line has a mark on each side where it is cut, and never below the cursor`(
    isPlain: Bool
  ) throws {
    let text = "gold=\"negative\" pred=\"中文\" p>0.95"
    var prompt = TextEditor(
      text, size: Size(columns: 12, rows: 1), isSingleLine: true, isPlain: isPlain)
    let end = DisplaySafe.columns(of: text, isPlain: isPlain)
    let mark = isPlain ? "~" : "…"
    for command in [EditorCommand.moveLeft, .moveRight] {
      var sides: Set<String> = []
      for _ in text {
        _ = prompt.perform(command)
        var frame = Frame(size: Size(columns: 12, rows: 1), isPlain: isPlain)
        frame.draw(prompt, in: frame.bounds)
        let first = prompt.scroll.column
        let (left, right) = (
          frame[Position(column: 0, row: 0)], frame[Position(column: 11, row: 0)]
        )
        #expect((left.cluster == mark) == (first > 0))
        #expect((right.cluster == mark) == (end > first + 12))
        sides.insert("\(first > 0) \(end > first + 12)")
        let cursor = try #require(frame.cursor)
        #expect(frame[cursor].cluster != mark)
      }
      #expect(sides == ["true false", "true true", "false true"])
    }
  }

  @Test func `a line that becomes shorter is shown as far as it fits`() {
    var prompt = TextEditor(
      "a long filter that is cut", size: Size(columns: 10, rows: 1), isSingleLine: true)
    for _ in 0..<16 { _ = prompt.perform(.deleteBackward) }
    #expect(prompt.text == "a long fi" && prompt.scroll.column == 0)
  }

  @Test func `an editor is drawn with its cursor, marks and paint`() {
    var editor = editor("A brilliant film,\tbut dull\u{200B}\n中文字 👍🏽 end", 14, 5)
    _ = editor.perform(.moveLeft)
    var frame = Frame(size: Size(columns: 18, rows: 7))
    let inside = frame.box(frame.bounds, title: "Text", note: "5 tok", isFocused: true)
    frame.draw(editor, in: inside.inset(columns: 1, rows: 0)) {
      $0.overlaps(2..<11) ? Style(.heat(4)) : Style()
    }
    #expect(snapshotProblem(frame, "editor") == nil)
  }

  @Test func `at most a thousand steps are kept`() {
    var editor = editor()
    for _ in 0..<1200 { _ = editor.paste("x") }
    #expect(editor.undoCount == 1000)
    while editor.perform(.undo) == .edited {}
    #expect(editor.text.count == 200)
  }

  @Test func `another text can be undone`() {
    var editor = editor("mine")
    #expect(editor.replaceText(with: "theirs") == .edited)
    #expect(editor.replaceText(with: "theirs") == .nothing)
    _ = editor.perform(.undo)
    #expect(editor.text == "mine")
  }

  @Test func `every command has a title and a key`() {
    for command in EditorCommand.allCases {
      #expect(!command.title.isEmpty)
      #expect(EditorCommand.defaultKeys.contains { $0.command == command })
    }
    let keys = EditorCommand.defaultKeys.map(\.key)
    #expect(Set(keys).count == keys.count)
  }
}
