internal import Attribution
internal import TerminalUI

/// Opening, moving in and closing what lies over the screen.
extension State {
  mutating func performOnOverlay(_ command: Command, _ effects: inout [Effect]) {
    switch command {
    case .openPalette: overlay = .palette(Palette(prompt: "> "))
    case .openCommandLine: overlay = .palette(Palette(prompt: ":"))
    case .openThemes:
      let current = theme.flatMap { themes.firstIndex(of: $0) } ?? 0
      if themes.isEmpty {
        message = Message(kind: .warning, text: "no themes were found")
      } else {
        overlay = .themes(ThemePicker(selected: current, original: theme))
      }
    case .openHelp:
      if case .themes = overlay { closeOverlay(&effects) }
      overlay = .help(HelpSheet())
    case .openJump:
      overlay = .jump
      message = Message(kind: .notice, text: "press a letter to go there")
    case .openModelPrompt: openModelPrompt(for: .explore)
    case .openOtherModelPrompt: if summary != nil { openModelPrompt(for: .compare) }
    case .openColumns:
      if summary != nil { overlay = .columns(selected: 0) }
    case .openMethodCard: overlay = .card(Card(content: .method))
    case .openShellCommand:
      overlay = .card(Card(content: .shellCommand))
      if let shellCommand { effects.append(.copy(shellCommand)) }
    case .complete: complete()
    case .filter: startFilter()
    case .accept: accept(&effects)
    case .closeOverlay: closeOverlay(&effects)
    default: break
    }
  }

  mutating func moveInOverlay(_ movement: Movement, _ effects: inout [Effect]) {
    let page = max(1, size.rows - 6)
    switch overlay {
    case .help(var sheet):
      let count = helpLines(sheet).count
      let rows = size.rows - 4 - (sheet.filter == nil ? 0 : 1)
      let top = moved(sheet.top, movement, count: count, page: page)
      sheet.top = movement == .last ? count : top
      sheet.top = max(0, min(sheet.top, count - rows))
      overlay = .help(sheet)
    case .palette(var palette):
      let count = palette.hits(in: paletteEntries).count
      palette.selected = moved(palette.selected, movement, count: count, page: 10)
      overlay = .palette(palette)
    case .themes(var picker):
      picker.selected = moved(picker.selected, movement, count: themes.count, page: 10)
      overlay = .themes(picker)
      preview(picker, &effects)
    case .columns(let selected):
      let count = summary?.methods.count ?? 0
      overlay = .columns(selected: moved(selected, movement, count: count, page: 10))
    case .model(var prompt):
      let count = prompt.lines(recent: recentModels).count
      guard count > 0 else { return }
      prompt.selected =
        prompt.selected.map { moved($0, movement, count: count, page: 10) }
        ?? (movement == .up ? count - 1 : 0)
      overlay = .model(prompt)
    case .word(var prompt):
      let count = prompt.neighbours?.count ?? 0
      guard count > 0 else { return }
      let isAbove = movement == .up && prompt.selected == 0
      prompt.selected =
        isAbove ? nil : prompt.selected.map { moved($0, movement, count: count, page: 10) } ?? 0
      overlay = .word(prompt)
    case .note(var prompt):
      prompt.select(line: moved(prompt.line, movement, count: prompt.lines.count, page: 10))
      overlay = .note(prompt)
    case .export(var prompt):
      prompt.changeFormat(by: [.up, .left, .pageUp, .first].contains(movement) ? -1 : 1)
      overlay = .export(prompt)
    case .settings(var prompt):
      let isAbove = movement == .up && prompt.selected == 0
      prompt.selected =
        isAbove
        ? nil
        : prompt.selected.map { moved($0, movement, count: prompt.lines.count, page: 10) } ?? 0
      overlay = .settings(prompt)
    case .classes(var prompt):
      prompt.selected = moved(prompt.selected, movement, count: prompt.choices.count, page: 10)
      overlay = .classes(prompt)
    case .card, .question, .confirmation, .jump, nil: break
    }
  }

  private mutating func preview(_ picker: ThemePicker, _ effects: inout [Effect]) {
    guard let name = themes.element(at: picker.selected) else { return }
    theme = name
    effects.append(.useTheme(name))
  }

  private mutating func complete() {
    if case .model(var prompt) = overlay {
      prompt.complete(recent: recentModels)
      overlay = .model(prompt)
    }
    if case .word(var prompt) = overlay {
      prompt.complete()
      overlay = .word(prompt)
    }
    if case .note(var prompt) = overlay {
      prompt.changeField()
      overlay = .note(prompt)
    }
    if case .export(var prompt) = overlay {
      prompt.complete()
      overlay = .export(prompt)
    }
    if case .settings(var prompt) = overlay {
      prompt.complete()
      overlay = .settings(prompt)
    }
    guard case .palette(var palette) = overlay else { return }
    palette.complete(in: paletteEntries)
    overlay = .palette(palette)
  }

  private mutating func startFilter() {
    guard case .help(var sheet) = overlay else { return }
    sheet.filter = sheet.filter ?? TextEditor(isSingleLine: true)
    sheet.isFiltering = true
    sheet.top = 0
    overlay = .help(sheet)
  }

  private mutating func accept(_ effects: inout [Effect]) {
    switch overlay {
    case .help(var sheet):
      sheet.isFiltering = false
      overlay = .help(sheet)
    case .palette(let palette):
      if let typed = TypedSetting(palette.field.text), typed.isWhole {
        let problem = set(typed, &effects)
        message = problem.map { Message(kind: .warning, text: $0) } ?? message
        if problem == nil { overlay = nil }
        return
      }
      let hits = palette.hits(in: paletteEntries)
      guard let hit = hits.element(at: palette.selected) else {
        message = Message(kind: .warning, text: "no command \"\(palette.field.text)\"")
        return
      }
      overlay = nil
      choose(hit.entry, &effects)
    case .themes:
      overlay = nil
      chosenTheme = theme
      message = theme.map { Message(kind: .notice, text: "palette \($0)") }
    case .model(let prompt): acceptModel(prompt, &effects)
    case .word(let prompt): acceptWord(prompt)
    case .columns(let selected):
      // stays open: several are chosen in one go
      if let name = summary?.methods.element(at: selected)?.card.name { toggleColumn(of: name) }
    case .note(let prompt): accept(prompt, &effects)
    case .export(let prompt): accept(prompt, &effects)
    case .classes(let prompt): accept(prompt, &effects)
    case .settings(let prompt): accept(prompt, &effects)
    case .card, .question, .confirmation, .jump, nil: overlay = nil
    }
  }

  /// Esc: what was only tried is taken back.
  mutating func closeOverlay(_ effects: inout [Effect]) {
    switch overlay {
    case .help(var sheet) where sheet.isFiltering:
      sheet.isFiltering = false
      sheet.filter = nil
      overlay = .help(sheet)
      return
    case .model: refusedModel = nil
    case .themes(let picker):
      if let original = picker.original, original != theme {
        theme = original
        effects.append(.useTheme(original))
      }
    default: break
    }
    overlay = nil
  }
}
