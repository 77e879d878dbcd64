internal import TerminalUI
internal import Tokenizers

/// A second text, for models that read pairs.
extension State {
  /// Opens the second field, or closes it.
  mutating func toggleSecondText() {
    let before = document.texts
    if document.isPair {
      document.closePair()
      say("one text; \(keyOfSecondText) brings the second one back")
    } else {
      document.openPair()
      say("two texts: Tab switches between them")
    }
    textChanged(from: before)
    guard document.isPair else { return }
    show(catalog.first.screen)
    explore.focus = .editor
  }

  /// The key that opens and closes the second field where the focus is.
  var keyOfSecondText: String {
    let context: Binding.Context = explore.focus == .editor ? .editor : .panes
    return catalog.keymap.bindings.first {
      $0.command == .act(.toggleSecondText) && $0.context == context
    }?.keys.first?.name ?? ""
  }

  /// Tab within the editor: moves between the two texts.
  ///
  /// - Returns: false if the next pane gets the focus.
  mutating func moveBetweenTexts(by step: Int) -> Bool {
    let next = document.part + step
    guard explore.focus == .editor, document.fields.indices.contains(next) else { return false }
    document.select(part: next)
    return true
  }

  /// The heading of a text's editor.
  func title(ofPart part: Int) -> String {
    guard document.isPair else { return "Text" }
    let letter = Self.letter(ofPart: part)
    guard let names = partNames else { return "Text \(letter)" }
    return "\(letter) \(signs.dot) \(part == 0 ? names.first : names.second)"
  }

  /// The name of a text within a sentence: `the premise`, `text A`.
  func name(ofPart part: Int) -> String {
    guard let names = partNames else { return "text \(Self.letter(ofPart: part))" }
    return "the \(part == 0 ? names.first : names.second)"
  }
}

extension Action {
  static let toggleSecondText = Action("toggle second text", isAboutPresentText: true) {
    state, _ in state.toggleSecondText()
  }
}
