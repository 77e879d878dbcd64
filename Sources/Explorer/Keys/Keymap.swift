public import TerminalUI

/// All keys: the key handler, the hint row, the help sheet and docs/keys.md are made from it.
public enum Keymap {
  public static let bindings: [Binding] =
    always + screen + commands + across + panes + errors + examples + query + compare + journal
    + editor + text + list + completion + help

  /// What a key does where the given contexts are heard, the first one first.
  public static func command(for key: Key, in contexts: [Binding.Context]) -> Command? {
    for context in contexts {
      if let command = table[context]?[key] { return command }
    }
    return nil
  }

  /// The first binding of a command.
  public static func binding(of command: Command) -> Binding? {
    bindings.first { $0.command == command }
  }

  private static let table: [Binding.Context: [Key: Command]] = {
    var table: [Binding.Context: [Key: Command]] = [:]
    for binding in bindings {
      for key in binding.keys { table[binding.context, default: [:]][key] = binding.command }
    }
    return table
  }()

  private static let always: [Binding] = [
    Binding(
      [Key(.function(1))], .always, .openHelp, "help: all keys and what they do", hint: "help",
      rank: 6),
    Binding(
      [.ctrl("c")], .always, .interrupt, "cancel the running job; pressed twice: quit"),
    Binding([.ctrl("q")], .always, .quit, "quit", hint: "quit", rank: 7, name: "quit"),
    Binding(
      [.ctrl("z")], .always, .suspend, "suspend to the shell", hint: "suspend", rank: 60,
      name: "suspend"),
    Binding([.ctrl("l")], .always, .redraw, "draw the screen anew", name: "redraw"),
  ]

  private static let screen: [Binding] = [
    Binding([Key(.tab)], .screen, .nextPane, "next pane", hint: "pane", rank: 1),
    Binding([Key(.tab, .shift)], .screen, .previousPane, "previous pane"),
    Binding(
      [.ctrl("x")], .screen, .nextExplainer, "next explainer", hint: "explainer", rank: 3,
      name: "next-explainer"),
    Binding([.alt("x")], .screen, .previousExplainer, "previous explainer"),
    Binding(
      [.ctrl("t")], .screen, .nextClass, "next class", hint: "class", rank: 4,
      name: "next-class"),
    Binding([.alt("t")], .screen, .previousClass, "previous class"),
    Binding(
      [.ctrl("p")], .screen, .openPalette, "palette: commands, explainers, classes, themes",
      hint: "palette", rank: 5),
    Binding(
      [.ctrl("o")], .screen, .openJump, "jump: a letter on every pane and line", hint: "jump",
      rank: 45, name: "jump"),
    Binding([.ctrl("s")], .screen, .openExport, "export what is on the screen"),
    Binding(
      [.alt("y")], .screen, .copyFocus, "copy what has the focus: the text in the editor",
      name: "copy"),
  ]

  /// The keys of the screens, from their list.
  private static let screens: [Binding] = Screen.allCases.map { screen in
    Binding(
      [.char(Character("\(screen.rawValue)"))], .commands, .show(screen),
      "the screen \(screen.title): \(screen.summary)", name: screen.title)
  }

  private static let commands: [Binding] =
    screens + [
      Binding(
        [.char("i")], .commands, .editText, "edit the text", hint: "edit", rank: 2, name: "edit"),
      Binding([.char("t")], .commands, .nextClass, "next class"),
      Binding([.char("T")], .commands, .previousClass, "previous class"),
      Binding(
        [.char("=")], .commands, .followPrediction, "explain whatever class is predicted",
        name: "predicted-class"),
      Binding(
        [.char("m")], .commands, .openMethodCard, "about this explainer", hint: "about", rank: 30,
        name: "about-explainer"),
      Binding(
        [.char("O")], .commands, .openModelPrompt, "open a model: a path, or one of the last",
        hint: "open", rank: 33, name: "open-model"),
      Binding(
        [.char("p")], .commands, .openThemes, "choose a theme", hint: "theme", rank: 32,
        name: "themes"),
      Binding([.char(":")], .commands, .openCommandLine, "type a command", hint: "type", rank: 40),
      Binding(
        [.char("?")], .commands, .openHelp, "help: all keys and what they do", name: "help"),
      Binding([.char("u")], .commands, .edit(.undo), "undo", name: "undo"),
      Binding([.ctrl("r")], .commands, .edit(.redo), "redo", name: "redo"),
      Binding([.char("j"), Key(.down)], .commands, .move(.down), "down"),
      Binding([.char("k"), Key(.up)], .commands, .move(.up), "up"),
      Binding([.char("g"), Key(.home)], .commands, .move(.first), "to the first"),
      Binding([.char("G"), Key(.end)], .commands, .move(.last), "to the last"),
      Binding([.ctrl("d"), Key(.pageDown)], .commands, .move(.pageDown), "a page down"),
      Binding([.ctrl("u"), Key(.pageUp)], .commands, .move(.pageUp), "a page up"),
      Binding(
        [.char("E")], .commands, .openExport, "export what is on the screen to a file",
        hint: "export", rank: 34, name: "export"),
      Binding(
        [.char("Y")], .commands, .openShellCommand, "the command that prints this; copy it",
        hint: "command", rank: 35, name: "command"),
      Binding(
        [Key(.escape)], .commands, .back, "cancel the running job; none: to the screen before"),
      Binding(
        [.char("q")], .commands, .leave, "to the screen before; on the first one: quit",
        hint: "back", rank: 1),
    ]

  private static let across: [Binding] = [
    Binding([.char("h"), Key(.left)], .across, .move(.left), "left"),
    Binding([.char("l"), Key(.right)], .across, .move(.right), "right"),
  ]

  private static let panes: [Binding] = [
    Binding([.char("a")], .panes, .editText, "edit the text"),
    Binding([.char("x")], .panes, .nextExplainer, "next explainer"),
    Binding([.char("X")], .panes, .previousExplainer, "previous explainer"),
    Binding(
      [.char("N")], .panes, .openSettings(""), "samples, steps, seed … of the explainers",
      hint: "settings", rank: 30, name: "settings"),
    Binding(
      [.char(" ")], .panes, .toggleWord, "what if: switch the word off, or put it back",
      hint: "what if", rank: 19, name: "what-if"),
    Binding(
      [.char("w")], .panes, .replaceWord, "what if: another word in its place", hint: "replace",
      rank: 19, name: "replace-word"),
    Binding([.char("0")], .panes, .allWordsOn, "put all words back", name: "all-words"),
    Binding(
      [.char("d")], .panes, .showFinding(.trajectory), "the trajectory: where the decision falls",
      hint: "decision", rank: 23, name: "trajectory"),
    Binding(
      [.char("f")], .panes, .showFinding(.flips), "the fewest words that flip the class",
      hint: "flips", rank: 23, name: "flips"),
    Binding(
      [.char("V")], .panes, .togglePhrase, "begin a phrase at the word; again: measure it",
      hint: "phrase", rank: 24, name: "phrase"),
    Binding(
      [Key(.left, .shift)], .panes, .extendPhrase(.left), "extend the phrase to the left"),
    Binding(
      [Key(.right, .shift)], .panes, .extendPhrase(.right), "extend the phrase to the right"),
    Binding(
      [.char("P")], .panes, .showFinding(.phrase), "what the phrases do", name: "phrases"),
    Binding(
      [.char("z")], .panes, .showFinding(.xray), "the tokenizer's steps, pieces and ids",
      hint: "x-ray", rank: 25, name: "x-ray"),
    Binding(
      [.char("n")], .panes, .showFinding(.robustness), "typos, case, punctuation: what flips",
      hint: "typos", rank: 26, name: "robustness"),
    Binding(
      [.char("H")], .panes, .showFinding(.history), "the texts so far, to go back in",
      hint: "history", rank: 27, name: "history"),
    Binding(
      [.char("A")], .panes, .pinText, "keep this text as A beside what is typed then",
      hint: "keep", rank: 28, name: "keep-text"),
    Binding(
      [.char("B")], .panes, .showFinding(.pair), "the kept text and the present one",
      name: "two-texts"),
    Binding([.char("]")], .panes, .nextFinding, "next page of findings"),
    Binding([.char("[")], .panes, .previousFinding, "previous page of findings"),
    Binding(
      [.char("c")], .panes, .toggleContrast,
      "contrast: why this class and not the next one", hint: "contrast", rank: 29,
      name: "contrast"),
    Binding(
      [.char("b")], .panes, .toggleSignRow, "sign row under the text on or off", hint: "signs",
      rank: 30, name: "sign-row"),
    Binding(
      [.char("v")], .panes, .toggleValues, "scores under the text on or off", hint: "values",
      rank: 30, name: "values"),
    Binding(
      [.char("s")], .panes, .toggleScale, "scale: this text, or fixed at the present value",
      hint: "scale", rank: 31, name: "scale"),
    Binding(
      [.char("S")], .panes, .toggleSpecials,
      "special tokens: within their word, or as marks", name: "special-tokens"),
    Binding(
      [.char("o")], .panes, .toggleSort, "order of the tokens: by score, or as in the text",
      name: "order"),
    Binding(
      [.char("y")], .panes, .copyFocus, "copy what has the focus: heat, table, findings",
      hint: "copy", rank: 31),
    Binding(
      [.char("r")], .panes, .computeAgain, "compute the explanation again", name: "again"),
    Binding(
      [Key(.enter)], .panes, .open, "use the selected line; on a token: edit there"),
  ]

  private static let errors: [Binding] = [
    Binding(
      [.char("/")], .errors, .editFilter, "filter the rows: words, or a query", hint: "filter",
      rank: 2),
    Binding(
      [Key(.enter)], .errors, .open, "open the row in Explore; in a list: filter by its line",
      hint: "open", rank: 2),
    Binding(
      [.char("f")], .errors, .facet, "only rows of this gold and predicted class",
      hint: "like this one",
      rank: 2),
    Binding(
      [.char("x")], .errors, .clearFilter, "clear the filter: all rows again",
      hint: "clear filter", rank: 3, name: "clear-filter"),
    Binding(
      [.char("o")], .errors, .toggleSort, "sort by row, loss, p, gold, pred, length",
      hint: "sort", rank: 2),
    Binding([.char("R")], .errors, .reverseSort, "sort the other way round"),
    Binding(
      [.char("n")], .errors, .nextDispute, "next row that the model is wrong on",
      hint: "next error",
      rank: 4),
    Binding([.char("N")], .errors, .previousDispute, "previous row that the model is wrong on"),
    Binding([.char(" ")], .errors, .toggleMark, "mark the row", hint: "mark", rank: 5),
    Binding(
      [.char("d")], .errors, .toggleDrawer,
      "confusion, calibration, slices, words, labels, models", hint: "next table", rank: 2),
    Binding([.char("D")], .errors, .previousDrawer, "the table before"),
    Binding([.char("e")], .errors, .openToEdit, "open the row in Explore and edit it"),
    Binding(
      [.char("A")], .errors, .openOtherPrompt, "ask a second model: where the two differ",
      name: "second-model"),
    Binding([.char("r")], .errors, .computeAgain, "go on with what was stopped"),
    Binding([.char("S")], .errors, .addSlice, "keep the filter as a slice"),
    Binding(
      [.char("c")], .errors, .toggleContrast,
      "contrast: why the answer and not the gold class", hint: "contrast", rank: 7),
    Binding(
      [.char("C")], .errors, .toggleCalibration,
      "the calibration at the best temperature, or as it is", name: "calibrate"),
    Binding(
      [.char("y")], .errors, .copyTable, "copy the marked rows, or those of the filter",
      hint: "copy", rank: 6),
  ]

  private static let examples: [Binding] = [
    Binding(
      [.char("l")], .examples, .openNote, "a new label and a note for the row, or the marked",
      hint: "label", rank: 2, name: "label")
  ]

  private static let query: [Binding] = [
    Binding([Key(.enter)], .query, .applyFilter, "show the rows that match", hint: "use", rank: 1),
    Binding(
      [Key(.escape)], .query, .leaveFilter, "leave the filter as it was", hint: "leave", rank: 2),
  ]

  private static let compare: [Binding] = [
    Binding(
      [.char("a")], .compare, .openColumns, "add or remove explainers", hint: "columns", rank: 2,
      name: "columns"),
    Binding(
      [.char("-"), Key(.delete)], .compare, .removeColumn, "take the column away; u puts it back",
      name: "remove-column"),
    Binding([.char("x")], .compare, .nextExplainer, "next explainer: the next column"),
    Binding([.char("X")], .compare, .previousExplainer, "previous explainer"),
    Binding(
      [.char("s")], .compare, .toggleScale, "scale: each column's own, or one for all",
      hint: "scale", rank: 2),
    Binding(
      [.char("o")], .compare, .toggleSort, "order: text, |score| of the column, disagreement",
      hint: "order", rank: 2),
    Binding(
      [.char("d")], .compare, .toggleDifference, "the other columns less this one, on or off",
      hint: "difference", rank: 2),
    Binding(
      [.char("n")], .compare, .nextDispute, "next word that columns dispute", hint: "dispute",
      rank: 2),
    Binding([.char("N")], .compare, .previousDispute, "previous word that columns dispute"),
    Binding(
      [.char("v")], .compare, .toggleColumns,
      "columns: explainers, the classes, or two models", hint: "classes", rank: 2),
    Binding(
      [.char("M")], .compare, .openOtherModelPrompt,
      "a second model beside this one, by the same explainer", hint: "model", rank: 2,
      name: "compare-model"),
    Binding(
      [.char("c")], .compare, .openClassPrompt, "which of the second model's classes is which",
      name: "match-classes"),
    Binding(
      [.char("r")], .compare, .computeAgain, "compute the column again", hint: "rerun", rank: 2),
    Binding([.char("y")], .compare, .copyTable, "copy the table", hint: "copy", rank: 2),
    Binding(
      [Key(.enter)], .compare, .open, "to Explore with this explainer and word", hint: "open",
      rank: 2),
  ]

  private static let journal: [Binding] = [
    Binding([.char("f")], .journal, .move(.last), "follow the newest", hint: "follow", rank: 10),
    Binding([.char("y")], .journal, .copyFocus, "copy the table", hint: "copy", rank: 11),
  ]

  private static let editor: [Binding] =
    [
      Binding(
        [Key(.escape)], .editor, .leaveEditor, "leave the editor: letters become commands",
        hint: "commands", rank: 2)
    ] + edits { betweenRows.contains($0) }.map { Binding($0.keys, .editor, $0.command, $0.help) }

  private static let text = edits { !betweenRows.contains($0) }

  /// What a prompt of one line has no use for.
  private static let betweenRows: Set<EditorCommand> = [
    .insertLineBreak, .moveUp, .moveDown, .movePageUp, .movePageDown,
  ]

  /// The editor's own keys, a line a command.
  private static func edits(_ isWanted: (EditorCommand) -> Bool) -> [Binding] {
    EditorCommand.allCases.filter(isWanted).map { command in
      let keys = EditorCommand.defaultKeys.filter { $0.command == command }.map(\.key)
      return Binding(keys, .text, .edit(command), command.title)
    }
  }

  private static let list: [Binding] = [
    Binding([Key(.enter)], .list, .accept, "use the selected line", hint: "use", rank: 1),
    Binding([Key(.down), .ctrl("n")], .list, .move(.down), "next line"),
    Binding([Key(.up), .ctrl("p")], .list, .move(.up), "previous line"),
    Binding([Key(.pageDown)], .list, .move(.pageDown), "a page down"),
    Binding([Key(.pageUp)], .list, .move(.pageUp), "a page up"),
    Binding([Key(.escape)], .list, .closeOverlay, "close", hint: "close", rank: 3),
  ]

  private static let completion: [Binding] = [
    Binding(
      [Key(.tab)], .completion, .complete, "complete; again: next value; on to the note",
      hint: "complete",
      rank: 2)
  ]

  private static let help: [Binding] = [
    Binding([.char("/")], .help, .filter, "show only what contains …", hint: "filter", rank: 2),
    Binding([.char("j"), Key(.down)], .help, .move(.down), "down"),
    Binding([.char("k"), Key(.up)], .help, .move(.up), "up"),
    Binding([Key(.pageDown), .char(" ")], .help, .move(.pageDown), "a page down"),
    Binding([Key(.pageUp)], .help, .move(.pageUp), "a page up"),
    Binding([.char("g"), Key(.home)], .help, .move(.first), "to the top"),
    Binding([.char("G"), Key(.end)], .help, .move(.last), "to the end"),
    Binding(
      [Key(.escape), .char("q"), .char("?"), Key(.enter)], .help, .closeOverlay, "close",
      hint: "close", rank: 1),
  ]
}
