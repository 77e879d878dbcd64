package import Reports
package import TerminalUI

/// How keys move and enlarge the drawing of a molecule.
extension MoleculeCells.View {
  /// Zoomed out this far, the whole drawing fits again, or as much of it as can be read.
  static let zooms: ClosedRange<Float> = 1...6
  /// What one key enlarges by.
  static let step: Float = 1.3

  /// By a factor; zoomed out to the whole it stands in the middle again.
  package mutating func zoom(by factor: Float) {
    guard zoom * factor > Self.zooms.lowerBound * 1.01 else {
      self = MoleculeCells.View()
      return
    }
    let next = min(zoom * factor, Self.zooms.upperBound)
    // what is in the middle stays there
    let change = next / zoom
    zoom = next
    columns = Int((Float(columns) * change).rounded())
    rows = Int((Float(rows) * change).rounded())
  }

  /// So that one looks further to a side.
  package mutating func look(_ movement: Movement, in size: Size) {
    switch movement {
    case .left: move(columns: 6, rows: 0, in: size)
    case .right: move(columns: -6, rows: 0, in: size)
    case .up: move(columns: 0, rows: 3, in: size)
    default: move(columns: 0, rows: -3, in: size)
    }
  }

  /// Half of what is seen may leave the window, not more.
  package mutating func move(columns: Int, rows: Int, in size: Size) {
    let most = (columns: Int(Float(size.columns) * zoom), rows: Int(Float(size.rows) * zoom))
    self.columns = max(-most.columns, min(self.columns + columns, most.columns))
    self.rows = max(-most.rows, min(self.rows + rows, most.rows))
  }
}

extension Picture {
  /// In the lower border of a pane, where only a part of a drawing is seen: that it is so, and what shows the rest.
  /// - Parameter smaller: the key that makes the drawing smaller.
  mutating func sayCut(
    _ cells: MoleculeCells, zoom: Float, in box: Rect, smaller: String
  ) {
    guard !cells.isWhole, box.size.columns > 20, box.size.rows > 1 else { return }
    let start = " a part of the drawing: Alt and an arrow show the rest"
    let texts =
      (zoom > MoleculeCells.View.zooms.lowerBound ? [start + ", \(smaller) more of it "] : [])
      + [start + " ", " a part: Alt and an arrow ", " a part "]
    // at the right stands how much of the text is seen
    let most = box.size.columns - 20
    guard let text = texts.first(where: { $0.count <= most }) ?? texts.last else { return }
    frame.write(
      text,
      at: Position(
        column: box.origin.column + 2, row: box.origin.row + box.size.rows - 1),
      style: Style(.notice), maxColumns: box.size.columns - 4)
  }
}
