internal import TerminalUI
internal import Workbench

/// The keys that belong to no single screen or overlay.
enum SharedKeys {
  static func bindings(_ screens: [any ScreenLayer.Type]) -> [Binding] {
    always + everywhere + screens.map(keyWhileTyping) + screens.map(key) + commands + across + text
      + list + completion + reading + labelling
  }

  private static let always: [Binding] = [
    Binding(
      [.ctrl("c")], .always, .interrupt, "cancel the running job; pressed twice: quit"),
    Binding([.ctrl("q")], .always, .quit, "quit", hint: "quit", rank: 7, name: "quit"),
    Binding(
      [.ctrl("z")], .always, .suspend, "suspend to the shell", hint: "suspend", rank: 60,
      name: "suspend"),
    Binding([.ctrl("l")], .always, .redraw, "redraw", name: "redraw"),
  ]

  private static let everywhere: [Binding] = [
    Binding([Key(.tab)], .screen, .nextPane, "next pane", hint: "pane", rank: 1),
    Binding([Key(.tab, .shift)], .screen, .previousPane, "previous pane"),
    Binding(
      [.ctrl("x")], .screen, .act(.nextExplainer), "next explainer", hint: "explainer", rank: 3,
      name: "next-explainer"),
    Binding([.alt("x")], .screen, .act(.previousExplainer), "previous explainer"),
    Binding(
      [.ctrl("t")], .screen, .act(.nextClass), "next class", hint: "class", rank: 4,
      name: "next-class"),
    Binding([.alt("t")], .screen, .act(.previousClass), "previous class"),
    Binding(
      [.alt("y")], .screen, .act(.copyFocus),
      "copy the selection; without one, what has the focus",
      name: "copy"),
  ]

  /// The binding that opens a screen.
  private static func key(of screen: any ScreenLayer.Type) -> Binding {
    Binding(
      [.char(digit(of: screen))], .commands, .act(.show(screen.screen)),
      "the screen \(screen.title): \(screen.summary)", name: screen.title)
  }

  /// The same for contexts in which digits are typed or label rows.
  private static func keyWhileTyping(of screen: any ScreenLayer.Type) -> Binding {
    Binding(
      [.alt(digit(of: screen))], .otherScreens, .act(.show(screen.screen)),
      "the screen \(screen.title)")
  }

  private static func digit(of screen: any ScreenLayer.Type) -> Character {
    Character("\(screen.screen.rawValue)")
  }

  private static let commands: [Binding] = [
    Binding(
      [.char("i")], .commands, .act(.editText), "edit the text", hint: "edit", rank: 2,
      name: "edit"),
    Binding([.char("t")], .commands, .act(.nextClass), "next class"),
    Binding([.char("T")], .commands, .act(.previousClass), "previous class"),
    Binding(
      [.char("=")], .commands, .act(.followPrediction), "explain the predicted class",
      name: "predicted-class"),
    Binding([.char("u")], .commands, .edit(.undo), "undo", name: "undo"),
    Binding([.ctrl("r")], .commands, .edit(.redo), "redo", name: "redo"),
    Binding([.char("j"), Key(.down)], .commands, .move(.down), "down"),
    Binding([.char("k"), Key(.up)], .commands, .move(.up), "up"),
    Binding([.char("g"), Key(.home)], .commands, .move(.first), "to the first"),
    Binding([.char("G"), Key(.end)], .commands, .move(.last), "to the last"),
    Binding([.ctrl("d"), Key(.pageDown)], .commands, .move(.pageDown), "a page down"),
    Binding([.ctrl("u"), Key(.pageUp)], .commands, .move(.pageUp), "a page up"),
    Binding(
      [Key(.escape)], .commands, .back, "cancel the running job; if none: previous screen"),
    Binding(
      [.char("q")], .commands, .leave, "previous screen; on the first one: quit",
      hint: "back", rank: 1),
  ]

  private static let across: [Binding] = [
    Binding([.char("h"), Key(.left)], .across, .move(.left), "left"),
    Binding([.char("l"), Key(.right)], .across, .move(.right), "right"),
  ]

  private static let text =
    editorKeys(in: .text) { !$0.isBetweenRows } + [
      Binding(
        [Key(.delete, .shift)], .text, .act(.cutSelection), "cut the selection to the clipboard")
    ]

  /// The editor's keys that move between rows, which a one-line prompt does not need.
  static func rowKeys(in context: Binding.Context) -> [Binding] {
    editorKeys(in: context) { $0.isBetweenRows }
  }

  /// The editor's own keys, one binding per command.
  private static func editorKeys(
    in context: Binding.Context, _ isWanted: (EditorCommand) -> Bool
  ) -> [Binding] {
    EditorCommand.allCases.filter(isWanted).map { command in
      let keys = EditorCommand.defaultKeys.filter { $0.command == command }.map(\.key)
      return Binding(keys, context, .edit(command), command.title)
    }
  }

  /// In a field of one line.
  static func copy(in context: Binding.Context) -> Binding {
    Binding(
      [.alt("y")], context, .act(.copyFocus), "copy the selection; without one, all that is typed")
  }

  private static let list: [Binding] = [
    Binding([Key(.enter)], .list, .accept, "use the selected line", hint: "use", rank: 1),
    Binding([Key(.down), .ctrl("n")], .list, .move(.down), "next line"),
    Binding([Key(.up), .ctrl("p")], .list, .move(.up), "previous line"),
    Binding([Key(.pageDown)], .list, .move(.pageDown), "a page down"),
    Binding([Key(.pageUp)], .list, .move(.pageUp), "a page up"),
    Binding([Key(.escape)], .list, .closeOverlay, "close", hint: "close", rank: 3),
  ]

  private static let reading: [Binding] = [
    Binding([.char("j"), Key(.down)], .reading, .move(.down), "down"),
    Binding([.char("k"), Key(.up)], .reading, .move(.up), "up"),
    Binding([Key(.pageDown), .char(" ")], .reading, .move(.pageDown), "a page down"),
    Binding([Key(.pageUp)], .reading, .move(.pageUp), "a page up"),
    Binding([.char("g"), Key(.home)], .reading, .move(.first), "to the top"),
    Binding([.char("G"), Key(.end)], .reading, .move(.last), "to the end"),
    Binding(
      [Key(.escape), .char("q"), Key(.enter)], .reading, .closeOverlay, "close", hint: "close",
      rank: 1),
  ]

  private static let completion: [Binding] = [
    Binding(
      [Key(.tab)], .completion, .complete, "complete; again: next value, or next field",
      hint: "complete", rank: 2),
    copy(in: .completion),
  ]
}

/// The actions of these keys.
extension Action {
  static let nextExplainer = Action("next explainer") { state, _ in
    state.changeExplainer(by: 1)
  }
  static let previousExplainer = Action("previous explainer") { state, _ in
    state.changeExplainer(by: -1)
  }
  static let nextClass = Action("next class") { state, _ in state.changeClass(by: 1) }
  static let previousClass = Action("previous class") { state, _ in state.changeClass(by: -1) }
  static let followPrediction = Action("follow prediction") { state, _ in
    state.followPrediction()
  }
  static let copyFocus = Action("copy focus") { state, effects in state.copyFocus(&effects) }
  static let cutSelection = Action("cut selection") { state, effects in
    state.cutSelection(&effects)
  }
  static let editText = Action("edit text") { state, _ in state.edit() }

  static func show(_ screen: Screen) -> Action {
    Action("show \(screen.rawValue)") { state, _ in state.show(screen) }
  }
}
