import TerminalUI
import TestSupport
import Testing

/// The same in a few lines, for characters that never join.
private struct Reference {
  var text: [Character]
  var cursor: Int
  var anchor: Int?
  var cut: [Character] = []

  var selection: Range<Int>? {
    anchor.flatMap { $0 == cursor ? nil : min($0, cursor)..<max($0, cursor) }
  }

  private var lineStart: Int { text[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0 }
  private var lineEnd: Int { text[cursor...].firstIndex(of: "\n") ?? text.count }

  mutating func replace(_ range: Range<Int>, with new: [Character]) {
    guard !range.isEmpty || !new.isEmpty else { return }
    text.replaceSubrange(range, with: new)
    (cursor, anchor) = (range.lowerBound + new.count, nil)
  }

  mutating func insert(_ new: String) {
    if !new.isEmpty { replace(selection ?? cursor..<cursor, with: Array(new)) }
  }

  mutating func perform(_ command: EditorCommand) {
    func move(to place: Int) { (cursor, anchor) = (place, nil) }
    func select(to place: Int) { (anchor, cursor) = (anchor ?? cursor, place) }
    let (left, right) = (max(0, cursor - 1), min(text.count, cursor + 1))
    switch command {
    case .moveLeft: move(to: selection?.lowerBound ?? left)
    case .moveRight: move(to: selection?.upperBound ?? right)
    case .moveToLineStart: move(to: lineStart)
    case .moveToLineEnd: move(to: lineEnd)
    case .moveToTextStart: move(to: 0)
    case .moveToTextEnd: move(to: text.count)
    case .selectLeft: select(to: left)
    case .selectRight: select(to: right)
    case .selectToLineStart: select(to: lineStart)
    case .selectToLineEnd: select(to: lineEnd)
    case .selectToTextStart: select(to: 0)
    case .selectToTextEnd: select(to: text.count)
    case .selectAll: (anchor, cursor) = (0, text.count)
    case .deleteBackward: replace(selection ?? left..<cursor, with: [])
    case .deleteForward: replace(selection ?? cursor..<right, with: [])
    case .yank: insert(String(cut))
    default: Issue.record("not in the reference: \(command)")
    }
  }

  func utf8Offset(of place: Int) -> Int { String(text[..<place]).utf8.count }
}

@Suite struct TextEditorSelectionTests {
  private func editor(_ text: String, _ columns: Int = 20, _ rows: Int = 4) -> TextEditor {
    TextEditor(text, size: Size(columns: columns, rows: rows))
  }

  private func selected(_ editor: TextEditor) -> String? {
    var copy = editor
    return copy.copySelection()
  }

  private let known: [EditorCommand] = [
    .moveLeft, .moveRight, .moveToLineStart, .moveToLineEnd, .moveToTextStart, .moveToTextEnd,
    .selectLeft, .selectLeft, .selectLeft, .selectRight, .selectRight, .selectRight,
    .selectToLineStart, .selectToLineEnd, .selectToTextStart, .selectToTextEnd, .selectAll,
    .deleteBackward, .deleteForward, .yank,
  ]

  @Test(arguments: [1, 2, 3, 4])
  func `any sequence of keys does to the text what it does to the reference`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let start = "one two\nthree 中文 four\n\nfive"
    var editor = editor(start, 9, 3)
    var reference = Reference(text: Array(start), cursor: start.count)
    for step in 0..<3000 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1:
        let letter = "ab 中\u{E9},".randomElement(using: &random) ?? "a"
        _ = editor.handle(Key(.character(letter)))
        reference.insert(String(letter))
      case 2:
        let text = ["x y", "\n", "文\nz", ""].randomElement(using: &random) ?? ""
        _ = editor.paste(text)
        reference.insert(text)
      case 3:
        let copied = editor.copySelection()
        #expect(copied == reference.selection.map { String(reference.text[$0]) })
        reference.cut = copied.map { Array($0) } ?? reference.cut
      default:
        let command = known.randomElement(using: &random) ?? .selectLeft
        _ = editor.perform(command)
        reference.perform(command)
      }
      let range = reference.selection.map {
        reference.utf8Offset(of: $0.lowerBound)..<reference.utf8Offset(of: $0.upperBound)
      }
      let isSame =
        editor.text == String(reference.text)
        && editor.cursor == reference.utf8Offset(of: reference.cursor)
        && editor.selection == range
      #expect(isSame, "seed \(seed), step \(step)")
      if !isSame { return }
    }
  }

  @Test(arguments: [5, 6, 7])
  func `whatever replaces a selection is one step, and undo brings text and cursor back`(
    seed: UInt64
  ) {
    var random = SeededRandom(seed: seed)
    let edits: [(inout TextEditor) -> TextEditor.Outcome] = [
      { $0.type("x") }, { $0.paste("two\nlines") }, { $0.perform(.deleteBackward) },
      { $0.perform(.deleteForward) }, { $0.perform(.killWord) }, { $0.perform(.killToLineEnd) },
      { $0.perform(.killToLineStart) }, { $0.perform(.deleteWordForward) },
      { $0.perform(.deleteWordBackward) }, { $0.perform(.insertLineBreak) },
    ]
    let moves = EditorCommand.allCases.filter { $0.rawValue.hasPrefix("move") }
    let selects = EditorCommand.allCases.filter { $0.rawValue.hasPrefix("select") }
    var tried = 0
    for _ in 0..<400 {
      var editor = editor(oddTexts.shuffled(using: &random).prefix(3).joined(separator: "\n"), 11)
      for _ in 0..<6 { _ = editor.perform(moves.randomElement(using: &random) ?? .moveLeft) }
      for _ in 0..<3 { _ = editor.perform(selects.randomElement(using: &random) ?? .selectLeft) }
      guard let selection = editor.selection else { continue }
      tried += 1
      let before = editor
      let edit = edits.randomElement(using: &random) ?? edits[0]
      #expect(edit(&editor) == .edited && editor.selection == nil)
      #expect(editor.undoCount == before.undoCount + 1)
      let (old, new) = (Array(before.text.utf8), Array(editor.text.utf8))
      #expect(new.starts(with: old[..<selection.lowerBound]))
      #expect(new.reversed().starts(with: old[selection.upperBound...].reversed()))
      #expect(editor.perform(.undo) == .edited)
      #expect(editor.text.utf8.elementsEqual(old) && editor.cursor == before.cursor)
      #expect(editor.selection == nil)
    }
    #expect(tried > 200)
  }

  @Test func `the first word that is typed over a selection is one step with it`() {
    var editor = editor("a dull film")
    _ = editor.perform(.selectAll)
    for character in "good one" { _ = editor.type(String(character)) }
    #expect(editor.text == "good one" && editor.undoCount == 2)
    _ = editor.perform(.undo)
    #expect(editor.text == "good ")
    _ = editor.perform(.undo)
    #expect(editor.text == "a dull film" && editor.cursor == 11)
    _ = editor.perform(.redo)
    #expect(editor.text == "good " && editor.cursor == 5)
  }

  @Test func `keys with shift select by characters, words, lines and rows`() {
    var editor = editor("one two\nthree four")
    for (key, text): (Key, String?) in [
      (Key(.left, .shift), "r"), (Key(.left, [.control, .shift]), "four"),
      (Key(.left, [.alt, .shift]), "three four"), (Key(.right, [.control, .shift]), " four"),
      (Key(.right, [.alt, .shift]), nil), (Key(.home, .shift), "three four"),
      (Key(.up, .shift), "one two\nthree four"), (Key(.end, .shift), "\nthree four"),
      (Key(.down, .shift), "our"), (Key(.home, [.control, .shift]), "one two\nthree four"),
      (Key(.end, [.control, .shift]), nil),
      (Key(.character("a"), .alt), "one two\nthree four"),
    ] {
      #expect(editor.handle(key) == .moved)
      #expect(selected(editor) == text, "\(key)")
    }
    #expect(editor.handle(Key(.character("a"), .alt)) == .nothing)
  }

  @Test func `a movement leaves the selection at the end that it goes to`() {
    for (command, cursor) in [
      (EditorCommand.moveLeft, 6), (.moveRight, 9), (.moveUp, 1), (.moveDown, 14),
      (.moveToLineStart, 5), (.moveToTextEnd, 14),
    ] {
      for isBackward in [false, true] {
        var editor = editor("abcd\nefghi\nklm")
        editor.moveCursor(to: isBackward ? 9 : 6)
        for _ in 0..<3 { _ = editor.perform(isBackward ? .selectLeft : .selectRight) }
        #expect(selected(editor) == "fgh")
        #expect(editor.perform(command) == .moved && editor.selection == nil)
        #expect(editor.cursor == cursor, "\(command), \(isBackward)")
      }
    }
  }

  @Test func `what cuts words and lines cuts the selection, and it is put back`() {
    for command in [
      EditorCommand.killWord, .killToLineStart, .killToLineEnd, .deleteWordForward,
      .deleteWordBackward,
    ] {
      var editor = editor("one two three")
      editor.moveCursor(to: 4)
      for _ in 0..<4 { _ = editor.perform(.selectRight) }
      #expect(editor.perform(command) == .edited)
      #expect(editor.text == "one three" && editor.cursor == 4, "\(command)")
      _ = editor.perform(.moveToTextEnd)
      _ = editor.perform(.yank)
      #expect(editor.text == "one threetwo ")
    }
  }

  @Test func `a copied selection can be put elsewhere`() {
    var editor = editor("one two")
    #expect(editor.copySelection() == nil)
    _ = editor.perform(.selectWordLeft)
    #expect(editor.copySelection() == "two" && selected(editor) == "two")
    _ = editor.perform(.moveToTextStart)
    _ = editor.perform(.yank)
    #expect(editor.text == "twoone two")
  }

  @Test func `an edit from elsewhere ends the selection`() {
    let changes: [(inout TextEditor) -> Void] = [
      { _ = $0.replaceText(with: "another") }, { _ = $0.replaceText(with: "one two!") },
      { _ = $0.replaceText(in: 0..<1, with: "O") }, { $0.markStep() }, { $0.moveCursor(to: 2) },
      { _ = $0.dropSelection() }, { _ = $0.perform(.undo) }, { _ = $0.perform(.redo) },
    ]
    for change in changes {
      var editor = editor("one two")
      _ = editor.paste("!")
      _ = editor.paste("?")
      _ = editor.perform(.undo)
      _ = editor.perform(.selectAll)
      #expect(editor.selection != nil)
      change(&editor)
      #expect(editor.selection == nil)
      _ = editor.type("x")
      #expect(editor.text.utf8.count > 2)
    }
  }

  @Test func `another size and scrolling keep the selection`() {
    var editor = editor("one two three four five six", 12, 2)
    _ = editor.perform(.selectWordLeft)
    editor.resize(to: Size(columns: 5, rows: 1))
    _ = editor.scroll(by: -3)
    #expect(selected(editor) == "six")
  }

  @Test func `dragging selects from the press, and scrolls at the edges`() {
    var editor = editor((0..<9).map { "row \($0)" }.joined(separator: "\n"), 10, 3)
    _ = editor.click(at: Position(column: 4, row: 1))
    #expect(editor.selection == nil && editor.scroll.row == 6)
    #expect(editor.drag(to: Position(column: 4, row: 1)) == .nothing)
    _ = editor.drag(to: Position(column: 3, row: 2))
    #expect(selected(editor) == "7\nrow")
    _ = editor.drag(to: Position(column: 2, row: -40))
    #expect(editor.scroll.row == 5 && selected(editor) == "w 5\nrow 6\nrow ")
    _ = editor.drag(to: Position(column: 40, row: 40))
    #expect(editor.scroll.row == 6 && selected(editor) == "7\nrow 8")
    _ = editor.click(at: Position(column: 0, row: 0))
    #expect(editor.selection == nil)
  }

  @Test func `a second click selects the word, a third one the line`() {
    var editor = editor("say \"na\u{EF}ve 中文\", friend\nnext", 12)
    for (column, row, word) in [
      (0, 0, "say"), (3, 0, " "), (4, 0, "\""), (7, 0, "na\u{EF}ve"), (0, 1, "中文"), (2, 1, "中文"),
      (4, 1, "\","), (0, 2, "friend"),
    ] {
      _ = editor.click(at: Position(column: column, row: row), count: 2)
      #expect(selected(editor) == word, "\(column), \(row)")
    }
    _ = editor.click(at: Position(column: 1, row: 1), count: 3)
    #expect(selected(editor) == "say \"na\u{EF}ve 中文\", friend")
    _ = editor.click(at: Position(column: 9, row: 3), count: 2)
    #expect(editor.selection == nil && editor.cursor == editor.text.utf8.count)
    _ = editor.click(at: Position(column: 9, row: 3), count: 3)
    #expect(selected(editor) == "next")
  }

  @Test func `a selection is drawn over wide characters, wrapped rows and line ends`() {
    var editor = editor("ab 中e\u{301}文 cd\n\nef", 6, 5)
    editor.moveCursor(to: 1)
    for _ in 0..<10 { _ = editor.perform(.selectRight) }
    var frame = Frame(size: Size(columns: 8, rows: 5))
    let area = Rect(column: 0, row: 0, columns: 7, rows: 5)
    frame.draw(editor, in: area) { _ in Style(.heat(2)) }
    func pattern(_ row: Int) -> String {
      (0..<8).map { column in
        let cell = frame[Position(column: column, row: row)]
        return cell.style.role == .selection ? "#" : cell.cluster.isEmpty ? "_" : cell.cluster
      }.joined()
    }
    // the first row is wrapped; the line ends of the second and the third take a cell
    #expect((0..<4).map(pattern) == ["a#####  ", "######  ", "#       ", "ef      "])
    #expect(editor.selectedCharacters == 10)
    frame = Frame(size: Size(columns: 8, rows: 5))
    frame.draw(editor, in: area, isFocused: false)
    #expect(!frame.cells.contains { $0.style.role == .selection })
  }
}
