package import Classifiers
package import TerminalUI
package import Tokenizers

/// Where the windows of a long text begin, which every heatmap shows.
extension TextWindows {
  /// A line before the first word of a window; screens may use another one.
  package static let seam = "┆"

  /// Where all windows but the first begin, in the text or in the layout of both texts.
  package func seams(in texts: JoinedTexts) -> [Int] {
    utf8Ranges.dropFirst().map { texts.joinedRange($0, in: part ?? 0).lowerBound }
  }
}

extension Frame {
  /// Draws window boundaries in a row of text: a line in the space before a window's first word, or
  /// else an underline below that word's first letter.
  /// - Parameters:
  ///   - seams: UTF-8 offsets in the text.
  ///   - place: converts an offset in the layout to an offset in the text.
  /// - Returns: the columns of the underlined letters.
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
      // it may be a bracket
      if self[cell].cluster == " " {
        style.attributes = .bold
        write(sign, at: cell, style: style)
      }
      return nil
    }
  }
}
