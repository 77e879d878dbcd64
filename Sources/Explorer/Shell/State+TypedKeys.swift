internal import TerminalUI

/// Keys that arrive together. A terminal without bracketed paste sends a pasted text as keys; they
/// become one edit, so that the work grows linearly with the text's length, not quadratically.
extension State {
  mutating func handle(_ keys: [Key], _ effects: inout [Effect]) {
    var rest = keys[...]
    while let key = rest.first {
      let count = acceptsText ? rest.prefix { isText($0) }.count : 0
      if count == 0 {
        handle(.key(key), &effects)
        settle(&effects)
        rest = rest.dropFirst()
      } else {
        (message, isInterruptArmed, opening.isAwaited) = (nil, false, false)
        let run = rest.prefix(count)
        editText { editor in
          run.reduce(.nothing) { $1.type(into: &editor) == .edited ? .edited : $0 }
        }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Whether keys are typed into the text and there is no experiment, which every undo step would
  /// have to store.
  private var acceptsText: Bool { overlay == nil && isTyping && document.experiment.isEmpty }

  /// Whether the key types its character instead of being a command.
  private func isText(_ key: Key) -> Bool {
    switch catalog.keymap.command(for: key, in: contextsBelow) {
    case nil: key.character != nil
    case .edit(.insertLineBreak): true
    default: false
    }
  }
}

extension Key {
  /// The character of a printable key.
  fileprivate var character: Character? {
    if case .character(let character) = code, modifiers.isSubset(of: .shift) {
      character
    } else {
      nil
    }
  }

  fileprivate func type(into editor: inout TextEditor) -> TextEditor.Outcome {
    character.map { editor.type(String($0)) } ?? editor.perform(.insertLineBreak)
  }
}
