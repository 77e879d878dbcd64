internal import TerminalUI

/// Clicks and the mouse wheel, by what is drawn under the pointer.
extension State {
  mutating func click(_ mouse: Mouse, _ effects: inout [Effect]) {
    let picture = picture
    switch mouse.action {
    case .press: press(mouse.position, picture, &effects)
    case .drag:
      if overlay == nil { layer.drag(to: mouse.position, in: picture, &self) }
    case .release: follow(.release)
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
    case .overlay: break
    default:
      guard overlay == nil else { return dismissOverlay(&effects) }
      let isSecond = pressed.map { $0.target == target && now - $0.seconds < 0.4 } == true
      pressed = isSecond ? nil : (target, now)
      press(target, position, picture)
      if isSecond, let command = layer.command(ofDoubleClickOn: target) {
        perform(command, &effects)
      }
    }
  }

  mutating func press(_ target: Picture.Target, _ position: Position, _ picture: Picture) {
    if case .tab(let screen) = target { return show(screen) }
    layer.press(target, at: position, in: picture, &self)
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
