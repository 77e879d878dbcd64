public import TerminalUI

/// What a key, a click or a line of the palette asks for. What means something else on each screen
/// and in each overlay has a case of its own; everything else is an action.
public enum Command: Sendable, Hashable {
  case move(Movement)
  case edit(EditorCommand)
  case nextPane, previousPane
  /// Tab, `/`, Enter and Esc in an overlay.
  case complete, filter, accept, closeOverlay
  /// Esc and `q` on a screen.
  case back, leave
  case interrupt, quit, suspend, redraw
  case act(Action)
}

extension Command {
  /// It would change the present text or what is known of it, while an older one is looked at.
  var isAboutPresentText: Bool {
    switch self {
    case .edit(.undo), .edit(.redo): true
    case .act(let action): action.isAboutPresentText
    default: false
    }
  }
}

/// Where a selection goes.
public enum Movement: Sendable, Hashable {
  case up, down, left, right, first, last, pageUp, pageDown
}
