internal import Attribution
internal import TerminalUI
internal import Workbench

extension State {
  /// The number of choices that are remembered.
  private static let mostUsedCommands = 20

  /// The palette's entries in the order for an empty query: the latest choices first.
  var paletteEntries: [PaletteEntry] {
    let all = allPaletteEntries
    let used = usedCommands.compactMap { name in all.first { $0.text == name && !$0.isLast } }
    return used + all.filter { entry in !used.contains { $0.text == entry.text } }
  }

  /// Runs the command of an entry, and remembers the choice.
  mutating func choose(_ entry: PaletteEntry, _ effects: inout [Effect]) {
    if !entry.isLast, !entry.isHidden {
      let others = usedCommands.filter { $0 != entry.text }
      usedCommands = [entry.text] + others.prefix(Self.mostUsedCommands - 1)
    }
    perform(entry.command, &effects)
  }

  private var allPaletteEntries: [PaletteEntry] {
    var entries: [PaletteEntry] = []
    // Commands about the program as a whole come last.
    let bindings =
      catalog.keymap.bindings.filter { $0.context != .always }
      + catalog.keymap.bindings.filter { $0.context == .always }
    for binding in bindings {
      guard let name = binding.name else { continue }
      let keys = binding.keys.map(\.name).joined(separator: " ")
      entries.append(
        .init(
          text: name, detail: binding.help, keys: keys, command: binding.command,
          isLast: [.quit, .suspend].contains(binding.command)))
    }
    entries += catalog.screens.flatMap { $0.paletteEntries(self) }
    entries.append(
      .init(
        text: "clear-text", detail: "empty the text; u restores it",
        command: .act(.replaceText(""))))
    entries.append(
      .init(
        text: "example-text", detail: "load an example; u restores the old text",
        command: .act(.useExample)))
    entries.append(
      .init(text: "welcome", detail: "four things to try first", command: .act(.showWelcome)))
    if showsMolecule {
      for drug in KnownDrug.all {
        entries.append(
          .init(
            text: "molecule \(drug.name)", detail: drug.smiles,
            command: .act(.replaceText(drug.smiles))))
      }
    }
    for method in summary?.methods ?? [] {
      entries.append(
        .init(
          text: "explainer " + method.card.name,
          detail: method.reasonNotApplicable ?? method.card.summary,
          command: .act(.chooseExplainer(method.card.name))))
    }
    for setting in explainerSettings {
      entries.append(
        .init(
          text: "set \(setting.name)",
          detail: "\(setting.summary): \(chosenValue(of: setting) ?? "default")",
          command: .act(.openSettings(setting.name + " "))))
    }
    for (index, name) in (summary?.classes ?? []).enumerated() {
      entries.append(
        .init(
          text: "class " + name, detail: "explain this class", command: .act(.chooseClass(index))))
    }
    if canContrast {
      for (index, name) in (summary?.classes ?? []).enumerated() {
        entries.append(
          .init(
            text: "versus " + name, detail: "contrast the explained class with this one",
            command: .act(.chooseVersus(index))))
      }
    }
    for name in terminal.themes {
      let isCurrent = name == terminal.theme
      entries.append(
        .init(
          text: "theme " + name, detail: isCurrent ? "the theme in use" : "a theme",
          command: .act(.useTheme(name))))
    }
    entries.append(
      .init(text: "mouse on", detail: "clicks and wheel", command: .act(.useMouse(true))))
    entries.append(
      .init(
        text: "mouse off", detail: "the terminal selects text itself",
        command: .act(.useMouse(false))))
    if terminal.abilities.pictures != nil {
      let isOn = terminal.hasPictures
      entries.append(
        .init(
          text: isOn ? "pictures off" : "pictures on",
          detail: isOn ? "draw molecules with text alone" : "draw molecules as smooth pictures",
          command: .act(.usePictures(!isOn))))
    }
    for crash in Crash.allCases {
      entries.append(
        .init(
          text: "debug crash " + crash.rawValue, detail: "prove that the terminal is restored",
          command: .act(.crash(crash)), isHidden: true))
    }
    return entries
  }
}

/// Actions that only the palette offers.
extension Action {
  static func replaceText(_ text: String) -> Action {
    Action("replace text \(text)") { state, _ in
      state.replaceText(with: text)
    }
  }
  static let useExample = Action("use example") { state, _ in
    state.replaceTexts(with: state.exampleTexts)
  }
  static func chooseExplainer(_ name: String) -> Action {
    Action("explainer \(name)") { state, _ in state.choose(explainer: name) }
  }
  static func chooseClass(_ index: Int) -> Action {
    Action("class \(index)") { state, _ in state.choose(classIndex: index) }
  }
  static func chooseVersus(_ index: Int) -> Action {
    Action("versus \(index)") { state, _ in state.choose(versus: index) }
  }
  static func useTheme(_ name: String) -> Action {
    Action("theme \(name)") { state, effects in
      (state.terminal.theme, state.terminal.chosenTheme) = (name, name)
      effects.append(.useTheme(name))
      state.say("theme \(name)")
    }
  }
  static func useMouse(_ isOn: Bool) -> Action {
    Action("mouse \(isOn)") { state, effects in
      effects.append(.useMouse(isOn))
      state.say(isOn ? "mouse on" : "mouse off")
    }
  }
  static func usePictures(_ isOn: Bool) -> Action {
    Action("pictures \(isOn)") { state, _ in
      state.terminal.hasPictures = isOn
      state.say(isOn ? "molecules as smooth pictures" : "molecules drawn with text alone")
    }
  }
  static func crash(_ crash: Crash) -> Action {
    Action("crash \(crash.rawValue)") { _, effects in effects.append(.crash(crash)) }
  }
}
