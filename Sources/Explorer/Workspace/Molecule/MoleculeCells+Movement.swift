package import Reports
package import TerminalUI

/// Moving and enlarging the drawing of a molecule with keys.
extension MoleculeCells.View {
  /// The allowed scales. At the lowest one the whole drawing fits, or as much of it as is readable.
  static let zooms: ClosedRange<Float> = 1...6
  /// The factor of one key press.
  static let step: Float = 1.3

  /// Changes the scale by a factor; at the lowest scale the drawing is centred again.
  package mutating func zoom(by factor: Float) {
    guard zoom * factor > Self.zooms.lowerBound * 1.01 else {
      self = MoleculeCells.View()
      return
    }
    let next = min(zoom * factor, Self.zooms.upperBound)
    // The middle of the view stays in place.
    let change = next / zoom
    zoom = next
    columns = Int((Float(columns) * change).rounded())
    rows = Int((Float(rows) * change).rounded())
  }

  /// Moves the view in a direction.
  package mutating func look(_ movement: Movement, in size: Size) {
    switch movement {
    case .left: move(columns: 6, rows: 0, in: size)
    case .right: move(columns: -6, rows: 0, in: size)
    case .up: move(columns: 0, rows: 3, in: size)
    default: move(columns: 0, rows: -3, in: size)
    }
  }

  /// Moves the drawing; at most half of it may leave the window.
  package mutating func move(columns: Int, rows: Int, in size: Size) {
    let most = (columns: Int(Float(size.columns) * zoom), rows: Int(Float(size.rows) * zoom))
    self.columns = max(-most.columns, min(self.columns + columns, most.columns))
    self.rows = max(-most.rows, min(self.rows + rows, most.rows))
  }
}

extension Picture {
  /// Writes on the lower border of a pane that only a part of the drawing is visible, and which
  /// keys show the rest.
  /// - Parameter smaller: the name of the key that reduces the drawing.
  mutating func writePartialHint(
    _ cells: MoleculeCells, zoom: Float, in box: Rect, smaller: String
  ) {
    guard !cells.isWhole, box.size.columns > 20, box.size.rows > 1 else { return }
    let start = " a part of the drawing: Alt and an arrow show the rest"
    let texts =
      (zoom > MoleculeCells.View.zooms.lowerBound ? [start + ", \(smaller) more of it "] : [])
      + [start + " ", " a part: Alt and an arrow ", " a part "]
    // The right part of the border shows how much of the text is visible.
    let most = box.size.columns - 20
    guard let text = texts.first(where: { $0.count <= most }) ?? texts.last else { return }
    frame.write(
      text,
      at: Position(
        column: box.origin.column + 2, row: box.origin.row + box.size.rows - 1),
      style: Style(.notice), maxColumns: box.size.columns - 4)
  }
}
