internal import TerminalUI

extension State {
  mutating func hear(_ event: TerminalEvent, _ effects: inout [Effect]) {
    switch event {
    case .key(let key): press(key, &effects)
    case .paste(let text):
      isWaitingForModel = false
      paste(text)
    case .mouse(let mouse):
      isWaitingForModel = false
      click(mouse, &effects)
    case .resize(let size):
      self.size = size
      // the cursor stays in sight
      compare.top = nil
    case .focus: break
    }
  }

  /// Which tables of keys are heard.
  var contexts: [Binding.Context] {
    switch overlay {
    case .help(let sheet): sheet.isFiltering ? Keymap.inList : Keymap.inHelp
    case .palette, .model, .word, .note, .export, .settings: Keymap.inList
    case .themes, .columns, .classes: Keymap.inChoice
    case .card, .question, .confirmation, .jump: [.always]
    case nil:
      switch screen {
      case .explore: isTyping ? Keymap.inEditor : Keymap.inPanes
      case .errors:
        errors.isFiltering ? Keymap.inQuery : isInMatrix ? Keymap.inMatrix : Keymap.inErrors
      case .compare: Keymap.inCompare
      case .journal: Keymap.inJournal
      }
    }
  }

  /// Printable keys go into the text.
  var isTyping: Bool { screen == .explore && focus == .editor && !isTooSmall }

  private var isInMatrix: Bool { errors.isInDrawer && errors.drawer == .matrix }

  var isTooSmall: Bool { Layout(self).kind == .tooSmall }

  private mutating func press(_ key: Key, _ effects: inout [Effect]) {
    if case .question(let question) = overlay { return answer(question, key, &effects) }
    if case .confirmation(let asked) = overlay { return answer(asked, key, &effects) }
    let command = Keymap.command(for: key, in: contexts)
    if command != .interrupt { isInterruptArmed = false }
    isWaitingForModel = false
    if case .jump = overlay, command == nil { return jump(to: key, &effects) }
    if case .card = overlay, command == nil || command == .openHelp {
      overlay = nil
      return
    }
    message = nil
    if let command {
      perform(command, &effects)
    } else if case .character(let character) = key.code, key.modifiers.isSubset(of: .shift),
      takesText
    {
      type(String(character))
    } else {
      say("no such key here; \(keyOfHelp) lists them")
    }
  }

  /// The key that opens the help where the keys are heard now.
  private var keyOfHelp: String {
    Keymap.command(for: Key(.character("?")), in: contexts) == .openHelp ? "?" : "F1"
  }

  /// A field has the keys, so that printable ones are typed into it.
  private var takesText: Bool { overlay?.takesText ?? (isEditingFilter || isTyping) }

  /// A printable character: into the field that has the keys.
  private mutating func type(_ text: String) {
    if case .note(var prompt) = overlay, text == " ", prompt.takesSpace {
      prompt.toggle()
      overlay = .note(prompt)
    } else if overlay != nil {
      editPrompt { $0.type(text) }
    } else if isEditingFilter {
      editFilter { $0.type(text) }
    } else {
      editText { $0.type(text) }
    }
  }

  private mutating func paste(_ text: String) {
    if overlay != nil {
      return editPrompt { $0.paste(String(text.prefix(1000))) }
    }
    if isEditingFilter { return editFilter { $0.paste(String(text.prefix(1000))) } }
    if text.utf8.count > PasteQuestion.limit {
      overlay = .question(PasteQuestion(text: text))
    } else {
      insertPaste(text)
    }
  }

  private mutating func insertPaste(_ text: String) {
    edit()
    editText { $0.paste(text) }
  }

  private mutating func answer(
    _ question: PasteQuestion, _ key: Key, _ effects: inout [Effect]
  ) {
    switch key.code {
    case .character("y"), .character("Y"):
      overlay = nil
      insertPaste(question.text)
    case .character("n"), .character("N"), .escape, .character("c"):
      overlay = nil
      message = Message(kind: .notice, text: "not inserted")
    default:
      if let command = Keymap.command(for: key, in: [.always]), command != .interrupt {
        perform(command, &effects)
      }
    }
  }

  /// An edit of the text: a new edition where it changed something.
  mutating func editText(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    let before = editor.text
    if edit(&editor) == .edited { textChanged(from: before) }
  }

  /// An edit of the field of the overlay that is open.
  mutating func editPrompt(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    switch overlay {
    case .palette(var palette):
      guard edit(&palette.field) == .edited else {
        overlay = .palette(palette)
        return
      }
      palette.cycled = nil
      palette.selected = 0
      palette.top = 0
      overlay = .palette(palette)
    case .model(let prompt): editModelPrompt(edit, prompt)
    case .word(let prompt): editWordPrompt(edit, prompt)
    case .settings(let prompt): editSettings(edit, prompt)
    case .note(var prompt):
      prompt.edit(edit)
      overlay = .note(prompt)
    case .export(var prompt):
      _ = edit(&prompt.field)
      overlay = .export(prompt)
    case .help(var sheet) where sheet.isFiltering:
      var field = sheet.filter ?? TextEditor(isSingleLine: true)
      _ = edit(&field)
      sheet.filter = field
      sheet.top = 0
      overlay = .help(sheet)
    default: break
    }
  }
}
