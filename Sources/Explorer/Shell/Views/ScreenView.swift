internal import TerminalUI

extension State {
  /// The picture of the whole screen.
  public var picture: Picture {
    // An older text is shown with all its results.
    (catalog.first.past(self) ?? self).drawn
  }

  private var drawn: Picture {
    var picture = Picture(
      frame: Frame(
        size: terminal.size, isPlain: terminal.abilities.isPlain,
        isConsole: terminal.abilities.isConsole))
    let layout = Layout(self)
    if layout.kind == .tooSmall {
      TooSmallView(size: terminal.size).draw(on: &picture)
      return picture
    }
    TitleView(state: self, layout: layout).draw(on: &picture)
    layer.draw(self, on: &picture)
    StatusView(state: self, layout: layout).draw(on: &picture)
    HintsView(state: self, rect: layout.hints).draw(on: &picture)
    overlay?.draw(self, on: &picture)
    if let caption = terminal.caption { CaptionView(text: caption).draw(on: &picture) }
    return picture
  }
}

/// Shown if the window is too small for anything else.
struct TooSmallView {
  let size: Size

  func draw(on picture: inout Picture) {
    let need = Layout.smallest
    let times = picture.frame.isPlain ? "x" : "×"
    let shown =
      "needs \(need.columns)\(times)\(need.rows), have \(size.columns)\(times)\(size.rows)"
    let columns = DisplaySafe.columns(of: shown)
    let place = Position(
      column: max(0, (size.columns - columns) / 2), row: max(0, (size.rows - 1) / 2))
    picture.frame.write(shown, at: place)
    let hint = "q quits"
    picture.frame.write(
      hint, at: Position(column: max(0, (size.columns - hint.count) / 2), row: place.row + 1),
      style: Style(.dim))
  }
}
