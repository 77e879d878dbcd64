internal import TerminalUI

/// A press of the mouse in a field that is typed into.
struct FieldPress {
  let position: Position
  let seconds: Double
  /// The number of presses on this cell, each soon after the one before: 1, 2 or 3.
  let count: Int
  /// Whether the button has not been released, so that a drag selects from here.
  var isHeld = true
}

/// Clicks and the mouse wheel, by what is drawn under the pointer.
extension State {
  mutating func click(_ mouse: Mouse, _ effects: inout [Effect]) {
    let picture = picture
    switch mouse.action {
    case .press:
      fieldPress?.isHeld = false
      press(mouse.position, picture, &effects)
    case .drag:
      if fieldPress?.isHeld == true {
        select(to: mouse.position, picture)
      } else if overlay == nil {
        layer.drag(to: mouse.position, in: picture, &self)
      }
    case .release:
      fieldPress?.isHeld = false
      follow(.release)
    case .wheelUp: wheel(-3, at: mouse.position, picture, &effects)
    case .wheelDown: wheel(3, at: mouse.position, picture, &effects)
    }
  }

  private mutating func press(
    _ position: Position, _ picture: Picture, _ effects: inout [Effect]
  ) {
    guard let target = picture.target(at: position) else { return dismissOverlay(&effects) }
    if mustBeAnswered { return }
    message = nil
    switch target {
    case .command(let command): perform(command, &effects)
    case .line(let index): pressInOverlay(line: index, &effects)
    case .overlay: pressInField(position)
    default:
      guard overlay == nil else { return dismissOverlay(&effects) }
      let isSecond =
        pressed.map { $0.target == target && now - $0.seconds < Self.doubleClick } == true
      pressed = isSecond ? nil : (target, now)
      press(target, position, picture)
      pressInField(position)
      if isSecond, let command = layer.command(ofDoubleClickOn: target) {
        perform(command, &effects)
      }
    }
  }

  mutating func press(_ target: Picture.Target, _ position: Position, _ picture: Picture) {
    if case .tab(let screen) = target { return show(screen) }
    layer.press(target, at: position, in: picture, &self)
  }

  /// The most seconds between two clicks that belong together.
  private static let doubleClick = 0.4

  /// Places the cursor in the focused field at a click; a second click on the same cell selects the
  /// word, a third one the line.
  private mutating func pressInField(_ position: Position) {
    guard let area = picture.field, area.contains(position) else { return }
    let last = fieldPress.flatMap {
      $0.position == position && now - $0.seconds < Self.doubleClick ? $0.count : nil
    }
    let count = (last ?? 0) % 3 + 1
    fieldPress = FieldPress(position: position, seconds: now, count: count)
    editField { field in
      field.fit(area)
      return field.click(at: area.cell(of: position), count: count)
    }
  }

  /// Selects from where the mouse was pressed. After a double click the word stays selected, even if
  /// the mouse moves a little before the button is released.
  private mutating func select(to position: Position, _ picture: Picture) {
    guard let area = picture.field, fieldPress?.count == 1 else { return }
    editField { field in
      field.fit(area)
      return field.drag(to: area.cell(of: position))
    }
  }

  /// Whether the overlay is a question, which accepts nothing but its answer.
  private var mustBeAnswered: Bool { overlay?.isQuestion == true }

  /// Handles a click outside an overlay, which closes it.
  private mutating func dismissOverlay(_ effects: inout [Effect]) {
    if mustBeAnswered { return }
    if overlay != nil { closeOverlay(&effects) }
  }

  private mutating func wheel(
    _ rows: Int, at position: Position, _ picture: Picture, _ effects: inout [Effect]
  ) {
    if overlay != nil {
      for _ in 0..<abs(rows) { moveInOverlay(rows < 0 ? .up : .down, &effects) }
      return
    }
    layer.scroll(by: rows, at: position, in: picture, &self)
  }
}

extension TextEditor {
  /// Shows what was drawn of it: a field of one line is laid out as it is drawn.
  fileprivate mutating func fit(_ area: Rect) {
    if isSingleLine { resize(to: area.size) }
  }
}

extension Rect {
  /// A place of the screen, counted from the rectangle's corner.
  fileprivate func cell(of position: Position) -> Position {
    Position(column: position.column - origin.column, row: position.row - origin.row)
  }
}
