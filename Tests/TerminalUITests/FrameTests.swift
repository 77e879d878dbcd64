import TerminalUI
import TestSupport
import Testing

@Suite struct FrameTests {
  @Test func `writing clips at every edge and never splits a wide cluster`() {
    var frame = Frame(size: Size(columns: 5, rows: 2))
    #expect(frame.write("ab中中", at: Position(column: 0, row: 0)) == 4)
    #expect(frame.write("x中", at: Position(column: 3, row: 1)) == 1)
    #expect(frame.write("x中", at: Position(column: 3, row: 7)) >= 0)
    #expect(frame.write("中", at: Position(column: 0, row: 1), maxColumns: 1) == 1)
    #expect(frame.snapshot() == "|ab中\n|…  x\n")
  }

  @Test func `a text that is cut says so when asked to`() {
    var frame = Frame(size: Size(columns: 6, rows: 4))
    #expect(frame.write("abcdefg", at: Position(column: 0, row: 0), hasEllipsis: true) == 6)
    frame.write("abc", at: Position(column: 0, row: 1), maxColumns: 3, hasEllipsis: true)
    frame.write("中文字", at: Position(column: 0, row: 2), maxColumns: 4, hasEllipsis: true)
    frame.write("ab", at: Position(column: 5, row: 3), hasEllipsis: true)
    #expect(frame.snapshot() == "|abcde…\n|abc\n|中…\n|     …\n")
  }

  @Test(arguments: [
    ("negative 0.64", 12, "negative…"), ("negative 0.64", 10, "negative…"),
    ("0.71 → 0.38 (-0.33)", 14, "0.71 → 0.38 (…"), ("0.71 → 0.38 (-0.33)", 11, "0.71 →…"),
    ("1,023 of 5,001", 4, "…"), ("12 words", 5, "12 w…"), ("a word, more", 7, "a word…"),
  ])
  func `a number is never cut in the middle`(text: String, columns: Int, shown: String) {
    var frame = Frame(size: Size(columns: 20, rows: 1))
    frame.write(text, at: Position(column: 0, row: 0), maxColumns: columns)
    #expect(frame.snapshot() == "|\(shown)\n")
  }

  @Test func `a text that ends at an edge keeps its start when it is too long`() {
    var frame = Frame(size: Size(columns: 6, rows: 2))
    frame.write("0.71", endingBefore: Position(column: 6, row: 0))
    frame.write("1234567", endingBefore: Position(column: 6, row: 1), maxColumns: 3)
    #expect(frame.snapshot() == "|  0.71\n|     …\n")
  }

  @Test func `a text that begins left of the frame shows its rest`() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame.write("中中中", at: Position(column: -1, row: 0))
    #expect(frame.snapshot() == "| 中\n")
  }

  @Test func `writing over half of a wide cluster blanks the other half`() {
    var frame = Frame(size: Size(columns: 6, rows: 1))
    frame.write("中文字", at: Position(column: 0, row: 0))
    frame.write("x", at: Position(column: 1, row: 0))
    frame.write("国", at: Position(column: 3, row: 0))
    #expect(frame.snapshot() == "| x 国\n")
    #expect(frame.cells.map(\.cluster) == [" ", "x", " ", "国", "", " "])
  }

  @Test func `places far outside are harmless`() {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    let empty = frame
    for value in [Int.min / 4, -10, 10, Int.max / 4] {
      let place = Position(column: value, row: value)
      frame.write("text", at: place)
      frame.bar(1, at: place, columns: value)
      frame.signedBar(-1, at: place, columns: value)
      frame.sparkline([1, 2], at: place, columns: value)
      frame.box(Rect(column: value, row: value, columns: 5, rows: 5), title: "t", note: "n")
      frame.fill(Rect(column: value, row: value, columns: 3, rows: 3), with: Cell("x"))
    }
    #expect(frame == empty)
  }

  @Test func `an impossible size is an empty frame`() {
    var frame = Frame(size: Size(columns: -3, rows: 5))
    frame.write("x", at: Position(column: 0, row: 0))
    #expect(frame.cells.isEmpty)
  }

  @Test(arguments: [false, true])
  func `boxes show title, note and focus`(isPlain: Bool) {
    var frame = Frame(size: Size(columns: 32, rows: 8), isPlain: isPlain)
    let inside = frame.box(
      Rect(column: 0, row: 0, columns: 32, rows: 4), title: "Text", note: "23 tok", isFocused: true)
    frame.write("inside", at: inside.origin)
    frame.box(
      Rect(column: 0, row: 4, columns: 20, rows: 4), title: "A title that is long", note: "note")
    frame.box(Rect(column: 20, row: 4, columns: 12, rows: 4), note: "note")
    let name = isPlain ? "boxes-plain" : "boxes"
    #expect(snapshotProblem(frame, name, showsAttributes: true) == nil)
  }

  @Test(arguments: [false, true])
  func `charts show their values`(isPlain: Bool) {
    var frame = Frame(size: Size(columns: 24, rows: 13), isPlain: isPlain)
    for (row, value) in [-1.2, -0.3, -0.01, 0, 0.01, 0.45, 1, Float.nan].enumerated() {
      frame.bar(value, at: Position(column: 0, row: row), columns: 8)
      frame.signedBar(
        value, at: Position(column: 9, row: row), columns: 11, negative: Style(.heat(-4)),
        positive: Style(.heat(4)))
    }
    let curve: [Float] = [0, 0.1, 0.2, .nan, 0.5, 0.9, 1, 0.7]
    frame.sparkline(curve, at: Position(column: 0, row: 9), columns: 20)
    frame.sparkline(curve, at: Position(column: 0, row: 10), columns: 4, range: 0...1)
    frame.sparkline([3, 3, 3], at: Position(column: 0, row: 11), columns: 4)
    frame.sparkline([.nan, .infinity], at: Position(column: 0, row: 12), columns: 4)
    #expect(snapshotProblem(frame, isPlain ? "charts-plain" : "charts") == nil)
  }
}

@Test func `a row is sent in parts around what stays in another style`() {
  func frame(_ role: Role, _ text: String = "one two 日 six") -> Frame {
    var frame = Frame(size: Size(columns: 16, rows: 2))
    frame.write(text, at: Position(column: 0, row: 1), style: Style(role))
    frame.write("two", at: Position(column: 4, row: 1), style: Style(.heat(3)))
    return frame
  }
  let (plain, marked) = (frame(.text), frame(.selection))
  #expect(marked.changes(inRow: 1, since: plain) == [0..<4, 7..<14])
  #expect(marked.changes(inRow: 0, since: plain).isEmpty)
  #expect(plain.changes(inRow: 1, since: plain).isEmpty)
  // a letter in another one's style is written over
  #expect(frame(.text, "oNe two 日 siX").changes(inRow: 1, since: plain) == [1..<2, 13..<14])
  #expect(frame(.text, "ONE").changes(inRow: 1, since: frame(.text, "one")) == [0..<3])
  #expect(frame(.text, "OnE").changes(inRow: 1, since: frame(.text, "one")) == [0..<3])
  // a wide cluster is never sent by half
  #expect(frame(.text, "one two 本 six").changes(inRow: 1, since: plain) == [8..<10])
}
