internal import TerminalUI
internal import Tokenizers

extension State {
  mutating func handle(_ event: TerminalEvent, _ effects: inout [Effect]) {
    switch event {
    case .key(let key): press(key, &effects)
    case .paste(let text):
      opening.isAwaited = false
      paste(text)
    case .mouse(let mouse):
      (opening.isAwaited, copiedForm) = (false, nil)
      click(mouse, &effects)
    case .resize(let size):
      self.terminal.size = size
      follow(.size)
    case .focus: break
    }
  }

  /// The active key tables, in order of precedence.
  var contexts: [Binding.Context] { overlay?.contexts ?? contextsBelow }

  /// The active key tables of the screen, whatever overlay is open.
  var contextsBelow: [Binding.Context] { layer.contexts(self) }

  /// The field of the screen that printable keys go to; nil if they are commands or an overlay is
  /// open.
  var fieldOfScreen: ScreenField? { overlay == nil ? layer.field(self) : nil }

  /// Whether printable keys are typed into the text.
  var isTyping: Bool { layer.field(self) == .text }

  var isTooSmall: Bool { Layout(self).kind == .tooSmall }

  private mutating func press(_ key: Key, _ effects: inout [Effect]) {
    let command = catalog.keymap.command(for: key, in: contexts)
    if command != .interrupt { isInterruptArmed = false }
    if command != .act(.copyFocus) { copiedForm = nil }
    opening.isAwaited = false
    if key == Key(.escape), dropSelection() {
      message = nil
      return
    }
    var isHandled = false
    withOverlay { overlay, state in
      let outcome = overlay.handle(key, as: command, &state, &effects)
      isHandled = outcome != nil
      return outcome ?? .stays
    }
    if isHandled { return }
    message = nil
    if let command {
      perform(command, &effects)
    } else if case .character(let character) = key.code, key.modifiers.isSubset(of: .shift),
      acceptsText
    {
      type(String(character))
    } else {
      say("this key does nothing here; \(keyOfHelp) lists the keys")
    }
  }

  /// The key that opens the help in the active tables.
  private var keyOfHelp: String {
    catalog.keymap.command(for: Key(.character("?")), in: contexts) == .act(.openHelp)
      ? "?" : "F1"
  }

  /// Whether printable keys are typed into a field.
  private var acceptsText: Bool { overlay?.acceptsText ?? (fieldOfScreen != nil) }

  /// Changes the field that printable keys go to; does nothing if they are commands.
  mutating func editField(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    if overlay != nil {
      overlay?.edit(edit)
    } else if fieldOfScreen != nil {
      layer.edit(&self, edit)
    }
  }

  /// Ends the selection in the field, which is what Esc does first.
  ///
  /// - Returns: false if nothing is selected.
  private mutating func dropSelection() -> Bool {
    var isDropped = false
    editField { field in
      let outcome = field.dropSelection()
      isDropped = outcome == .moved
      return outcome
    }
    return isDropped
  }

  /// Types a printable character into the field that has the focus.
  private mutating func type(_ text: String) {
    if overlay != nil {
      overlay?.type(text)
    } else {
      layer.edit(&self) { $0.type(text) }
    }
  }

  private mutating func paste(_ text: String) {
    if overlay is Welcome { overlay = nil }
    if overlay != nil {
      overlay?.edit { $0.paste(String(text.prefix(1000))) }
      return
    }
    if fieldOfScreen == .query {
      return layer.edit(&self) { $0.paste(String(text.prefix(1000))) }
    }
    if text.utf8.count > PasteQuestion.limit {
      overlay = PasteQuestion(text: text)
    } else {
      insertPaste(text)
    }
  }

  mutating func insertPaste(_ text: String) {
    edit()
    editText { $0.paste(text) }
  }

  /// Edits the text, and starts a new edition if the text changed.
  mutating func editText(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    let before = document.texts
    if edit(&document.editor) == .edited { textChanged(from: before) }
  }

  /// Opens another text in place of the one that has the focus, as one undo step.
  mutating func replaceText(with text: String) {
    let before = document.texts
    guard document.editor.replaceText(with: text) == .edited else { return }
    document.markOpening()
    textChanged(from: before)
    predictions.beginWithOtherText()
  }

  /// Opens other texts in place of the present ones, as one undo step.
  mutating func replaceTexts(with texts: JoinedTexts) {
    guard !document.texts.hasBytes(of: texts) else { return }
    let before = document.texts
    document.replace(with: texts)
    textChanged(from: before)
    predictions.beginWithOtherText()
  }
}
