internal import TerminalUI

/// Forwarding events to the open overlay.
extension State {
  /// Calls a mutating method of the overlay, if one is open. If that opens another overlay, the
  /// other one stays.
  mutating func withOverlay(_ act: (inout any Overlay, inout State) -> OverlayOutcome) {
    guard var top = overlay else { return }
    overlay = nil
    if act(&top, &self) == .stays, overlay == nil { overlay = top }
  }

  mutating func performOnOverlay(_ command: Command, _ effects: inout [Effect]) {
    switch command {
    case .complete:
      withOverlay { overlay, state in
        overlay.complete(state)
        return .stays
      }
    case .filter: overlay?.startFilter()
    case .accept: withOverlay { $0.accept(&$1, &effects) }
    case .closeOverlay: closeOverlay(&effects)
    default: break
    }
  }

  /// Esc: undoes what was only previewed.
  mutating func closeOverlay(_ effects: inout [Effect]) {
    withOverlay { $0.cancel(&$1, &effects) }
  }

  mutating func moveInOverlay(_ movement: Movement, _ effects: inout [Effect]) {
    withOverlay { overlay, state in
      overlay.move(movement, &state, &effects)
      return .stays
    }
  }

  mutating func pressInOverlay(line: Int, _ effects: inout [Effect]) {
    withOverlay { $0.press(line: line, &$1, &effects) }
  }

  /// Requests completions whenever the path in the field has changed.
  mutating func settlePrompt(_ effects: inout [Effect]) {
    guard let text = overlay?.incompletePath else {
      completionsWanted = nil
      return
    }
    guard !text.isEmpty, completionsWanted != text else { return }
    completionsWanted = text
    effects.append(.complete(text))
  }

  mutating func receive(_ found: [PathCompletion], for text: String) {
    guard overlay?.incompletePath == text else { return }
    overlay?.receive(found)
  }
}
