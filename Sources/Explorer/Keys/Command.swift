public import TerminalUI

/// What a key, a click or a palette entry does. A command that means something different on each
/// screen and in each overlay has its own case; everything else is an action.
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
  /// Whether the command changes the present text or its results, and is therefore refused while an
  /// older text is shown.
  var isAboutPresentText: Bool {
    switch self {
    case .edit(.undo), .edit(.redo): true
    case .act(let action): action.isAboutPresentText
    default: false
    }
  }
}

/// A direction or distance that the selection moves.
public enum Movement: Sendable, Hashable {
  case up, down, left, right, first, last, pageUp, pageDown
}
