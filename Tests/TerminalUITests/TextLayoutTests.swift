import TerminalUI
import TestSupport
import Testing

@Suite struct TextLayoutTests {
  private func rows(_ text: String, _ columns: Int) -> [String] {
    let layout = TextLayout(text, columns: columns)
    return (0..<layout.rowCount).map { row in
      layout.glyphs(inRow: row).map(\.glyph.text).joined()
    }
  }

  @Test func `rows break after spaces, else within the word`() {
    #expect(rows("the acting is brilliant", 10) == ["the acting", "is ", "brilliant"])
    #expect(rows("abcdefghij", 4) == ["abcd", "efgh", "ij"])
    #expect(rows("ab abcdefgh", 4) == ["ab ", "abcd", "efgh"])
    #expect(rows("a\n\nb\n", 4) == ["a", "", "b", ""])
    #expect(rows("", 4) == [""])
    #expect(rows("中文字x", 3) == ["中", "文", "字x"])
    #expect(rows("ab中文", 4) == ["ab中", "文"])
  }

  @Test func `a space that does not fit hangs at the end of its row`() {
    #expect(rows("abcd efgh", 4) == ["abcd", "efgh"])
    #expect(rows("abcd \nx", 4) == ["abcd", "x"])
    #expect(rows("abcd ", 4) == ["abcd", ""])
    #expect(rows("abcd\nx", 4) == ["abcd", "x"])
  }

  @Test(arguments: [1, 2, 3, 7, 40]) func `every boundary has its cell and back`(columns: Int) {
    for text in oddTexts {
      let layout = TextLayout(text, columns: columns)
      var boundaries = [0]
      for character in text { boundaries.append((boundaries.last ?? 0) + character.utf8.count) }
      var found = [0]
      while let last = found.last, last < layout.utf8Count {
        found.append(layout.boundary(after: last))
      }
      #expect(found == boundaries)
      for (index, offset) in boundaries.enumerated() {
        let position = layout.position(of: offset)
        #expect((0...columns).contains(position.column))
        #expect((0..<layout.rowCount).contains(position.row))
        let back = layout.offset(at: position)
        #expect(layout.position(of: back) == position)
        #expect(layout.boundary(before: offset) == boundaries[max(0, index - 1)])
      }
    }
  }

  @Test func `the glyphs of all rows cover the text in order and stay in the row`() {
    for text in oddTexts {
      for columns in [6, 11, 30] {
        let layout = TextLayout(text, columns: columns)
        var end = 0
        for row in 0..<layout.rowCount {
          let range = layout.utf8Range(ofRow: row)
          #expect(range.lowerBound == end)
          end = range.upperBound
          var column = 0
          for placed in layout.glyphs(inRow: row) {
            #expect(placed.column == column && range.contains(placed.utf8Range.lowerBound))
            column += placed.glyph.columns
          }
          // A cluster such as a flag with tags may alone be wider than its row.
          let clusters = Set(layout.glyphs(inRow: row).map(\.utf8Range))
          #expect(column <= columns || clusters.count == 1)
        }
        #expect(end == text.utf8.count)
      }
    }
  }

  @Test func `an edit wraps as if the text were laid out anew`() {
    var random = SeededRandom(seed: 7)
    for columns in [1, 2, 3, 9, 31] {
      var layout = TextLayout("", columns: columns)
      for _ in 0..<600 {
        let lower = Int.random(in: 0...layout.utf8Count, using: &random)
        let isDeletion = layout.utf8Count > 300 || Int.random(in: 0..<3, using: &random) == 0
        let upper = min(
          layout.utf8Count, lower + (isDeletion ? Int.random(in: 0...60, using: &random) : 0))
        let new = Bool.random(using: &random) ? oddTexts.randomElement(using: &random) ?? "" : "a "
        layout.replace(lower..<upper, with: isDeletion ? "" : String(new.prefix(6)))
        let isFresh = layout == TextLayout(layout.text, columns: columns)
        #expect(isFresh)
      }
    }
  }

  @Test func `bytes that mean something are painted on their glyphs`() {
    let layout = TextLayout("a brilliant 映画, dull\u{200B}", columns: 12)
    var frame = Frame(size: Size(columns: 12, rows: 3))
    for row in 0..<layout.rowCount {
      frame.write(row: row, of: layout, at: Position(column: 0, row: row)) { range in
        if (2..<11).overlaps(range) { return Style(.heat(5)) }
        if (12..<18).overlaps(range) { return Style(.intensity(2)) }
        return (20..<24).overlaps(range) ? Style(.heat(-3)) : Style()
      }
    }
    #expect(snapshotProblem(frame, "painted-layout") == nil)
  }
}
