package import Classifiers
package import TerminalUI
package import Tokenizers

/// Where the windows begin in which a long text is read: every picture of its heat draws it.
extension TextWindows {
  /// A line before the first word of a window; screens may have another one.
  package static let seam = "┆"

  /// Where the windows but the first begin, in the text, or in the layout of both.
  package func seams(in texts: JoinedTexts) -> [Int] {
    utf8Ranges.dropFirst().map { texts.joinedRange($0, in: part ?? 0).lowerBound }
  }
}

extension Frame {
  /// Draws seams in a row of a text that is written already: a line in the blank before a window's first
  /// word; where there is none, that word's first letter is underlined.
  /// - Parameters:
  ///   - seams: UTF-8 offsets in the text.
  ///   - place: the offset in the text of an offset in the layout.
  /// - Returns: the columns of the letters that are underlined.
  @discardableResult
  package mutating func write(
    seams: [Int], in glyphs: [TextLayout.PlacedGlyph], at origin: Position,
    sign: String = TextWindows.seam, place: (Int) -> Int = { $0 }
  ) -> [Int] {
    seams.compactMap { seam -> Int? in
      let index = glyphs.firstIndex { glyph in
        let start = place(glyph.utf8Range.lowerBound)
        return (start..<start + glyph.utf8Range.count).contains(seam)
      }
      guard let index else { return nil }
      let blank = [index, index - 1].first {
        glyphs.indices.contains($0) && glyphs[$0].glyph.text == " "
      }
      let column = glyphs[blank ?? index].column
      let cell = Position(column: origin.column + column, row: origin.row)
      var style = self[cell].style
      if blank == nil {
        style.attributes.formUnion(.underline)
        write(glyphs[index].glyph.text, at: cell, style: style)
        return column
      }
      // a bracket may stand there
      if self[cell].cluster == " " {
        style.attributes = .bold
        write(sign, at: cell, style: style)
      }
      return nil
    }
  }
}
