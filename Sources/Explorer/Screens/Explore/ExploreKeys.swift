internal import TerminalUI

/// The keys of Explore.
extension ExploreScreen {
  package static let bindings: [Binding] = editor + panes

  package static let chains = [inEditor, inPanes, SharedKeys.inLabelling]
  static let inEditor: [Binding.Context] = [.editor, .text, .screen, .otherScreens, .always]
  static let inPanes: [Binding.Context] = [
    .panes, .across, .commands, .screen, .otherScreens, .always,
  ]

  private static let editor: [Binding] =
    [
      Binding(
        [Key(.escape)], .editor, .act(.leaveEditor), "leave the editor: letters become commands",
        hint: "commands", rank: 2)
    ] + pairEditorBindings + SharedKeys.rowKeys(in: .editor)

  private static let panes: [Binding] =
    choosing + trying + showing + reading + moleculeBindings + pairBindings

  private static let reading: [Binding] = [
    Binding(
      [.char("+")], .panes, .act(.enlarge),
      "enlarge the pane to the window, or zoom the molecule", hint: "enlarge", rank: 28,
      name: "enlarge"),
    Binding([.char("_")], .panes, .act(.zoom), "enlarge the pane to the window, or shrink it back"),
    Binding(
      [.char("e")], .panes, .act(.nextExample), "next example; u restores the old text",
      hint: "example", rank: 27, name: "next-example"),
    Binding(
      [.char(".")], .panes, .act(.nextStrong),
      "next high-scoring word, or next match of the search",
      hint: "strong word", rank: 22, name: "next-strong-word"),
    Binding(
      [.char(",")], .panes, .act(.previousStrong),
      "previous high-scoring word, or previous match"),
    Binding(
      [.char("J")], .panes, .act(.nextRow), "next row of the data set", hint: "next row",
      rank: 18, name: "next-row"),
    Binding([.char("K")], .panes, .act(.previousRow), "previous row", name: "previous-row"),
    Binding(
      [.char("L")], .panes, .act(.beginLabelling),
      "label rows with the digit keys, one class per digit",
      hint: "label", rank: 18),
  ]

  private static let choosing: [Binding] = [
    Binding([.char("a")], .panes, .act(.editText), "edit the text"),
    Binding([.char("x")], .panes, .act(.nextExplainer), "next explainer"),
    Binding([.char("X")], .panes, .act(.previousExplainer), "previous explainer"),
    Binding(
      [.char("N")], .panes, .act(.openSettings("")),
      "settings of the explainers: samples, steps, seed …",
      hint: "settings", rank: 30, name: "settings"),
  ]

  private static let trying: [Binding] = [
    Binding(
      [.char(" ")], .panes, .act(.toggleWord), "what if: switch the word off, or put it back",
      hint: "what if", rank: 19, name: "what-if"),
    Binding(
      [.char("w")], .panes, .act(.replaceWord), "what if: replace the word with another",
      hint: "replace", rank: 19, name: "replace-word"),
    Binding([.char("0")], .panes, .act(.allWordsOn), "put all words back", name: "all-words"),
    Binding(
      [.char("d")], .panes, .act(.showFinding(.trajectory)),
      "trajectory: after which word the model decides", hint: "decision", rank: 23,
      name: "trajectory"),
    Binding(
      [.char("f")], .panes, .act(.showFinding(.flips)),
      "the fewest words or group swaps that flip the class",
      hint: "flips", rank: 23, name: "flips"),
    Binding(
      [.char("U")], .panes, .act(.showFinding(.curve)),
      "curve: p as words are removed, highest scores first",
      hint: "curve", rank: 25, name: "curve"),
    Binding(
      [.char("V")], .panes, .act(.togglePhrase),
      "start a phrase at the selected word; again: measure it",
      hint: "phrase", rank: 24, name: "phrase"),
    Binding(
      [Key(.left, .shift)], .panes, .act(.extendPhrase(.left)), "extend the phrase to the left"),
    Binding(
      [Key(.right, .shift)], .panes, .act(.extendPhrase(.right)),
      "extend the phrase to the right"),
    Binding(
      [.char("P")], .panes, .act(.showFinding(.phrase)), "effect of the phrases", name: "phrases"),
    Binding(
      [.char("z")], .panes, .act(.showFinding(.xray)), "the tokenizer's steps, pieces and ids",
      hint: "x-ray", rank: 25, name: "x-ray"),
    Binding(
      [.char("n")], .panes, .act(.showFinding(.robustness)),
      "typos, case, punctuation: what flips the class", hint: "typos", rank: 26, name: "robustness"),
    Binding(
      [.char("H")], .panes, .act(.showFinding(.history)), "history of texts",
      hint: "history", rank: 27, name: "history"),
    Binding(
      [.char("A")], .panes, .act(.pinText), "keep this text as A, to compare it with B",
      hint: "keep", rank: 28, name: "keep-text"),
    Binding(
      [.char("B")], .panes, .act(.showFinding(.pair)),
      "compare the kept text A with the present text B",
      name: "two-texts"),
    Binding([.char("]")], .panes, .act(.nextFinding), "next tab of the lower pane"),
    Binding([.char("[")], .panes, .act(.previousFinding), "previous tab of the lower pane"),
  ]

  private static let showing: [Binding] = [
    Binding(
      [.char("c")], .panes, .act(.toggleContrast),
      "contrast: why this class and not the next one", hint: "contrast", rank: 29,
      name: "contrast"),
    Binding(
      [.char("b")], .panes, .act(.toggleSignRow), "sign row under the text on or off",
      hint: "signs", rank: 30, name: "sign-row"),
    Binding(
      [.char("v")], .panes, .act(.toggleValues), "scores under the text on or off",
      hint: "values", rank: 30, name: "values"),
    Binding(
      [.char("s")], .panes, .act(.toggleScale),
      "scale: this text, or fixed at the present value", hint: "scale", rank: 31, name: "scale"),
    Binding(
      [.char("S")], .panes, .act(.toggleSpecials),
      "special tokens: counted in their word, or shown apart", name: "special-tokens"),
    Binding(
      [.char("o")], .panes, .act(.toggleTokenOrder),
      "order of the tokens: by score, or as in the text", name: "order"),
    Binding(
      [.char("y")], .panes, .act(.copyFocus),
      "copy what has the focus; again: in another form",
      hint: "copy", rank: 31),
    Binding(
      [.char("r")], .panes, .act(.explainAgain), "compute the explanation again", name: "again"),
    Binding(
      [Key(.enter)], .panes, .act(.openSelection),
      "use the selected line; on a token: edit there"),
  ]
}

extension Binding.Context {
  static let panes = Self("On Explore, outside the editor")
}

/// The actions of these keys.
extension Action {
  static let nextExample = Action("next example", isAboutPresentText: true) { state, _ in
    state.showNextExample()
  }
  static let leaveEditor = Action("leave editor") { state, _ in state.leaveEditor(to: .heatmap) }
  static let openSelection = Action("open selection") { state, _ in state.open() }
  static let explainAgain = Action("explain again", isAboutPresentText: true) { state, _ in
    state.computeAgain()
  }

  static let toggleWord = Action("toggle word", isAboutPresentText: true) { state, _ in
    state.toggleWord()
  }
  static let allWordsOn = Action("all words on", isAboutPresentText: true) { state, _ in
    state.restoreAllWords()
  }
  static let togglePhrase = Action("toggle phrase", isAboutPresentText: true) { state, _ in
    state.togglePhrase()
  }
  static func extendPhrase(_ movement: Movement) -> Action {
    Action("extend phrase \(movement)", isAboutPresentText: true) { state, _ in
      state.extendPhrase(movement)
    }
  }
  static let pinText = Action("pin text", isAboutPresentText: true) { state, _ in
    state.pinText()
  }

  static func showFinding(_ page: Finding) -> Action {
    Action("show finding \(page)") { state, _ in state.show(page) }
  }
  static let nextFinding = Action("next finding") { state, _ in state.cycleFindings(by: 1) }
  static let previousFinding = Action("previous finding") { state, _ in
    state.cycleFindings(by: -1)
  }

  static let toggleScale = Action("toggle scale") { state, _ in state.toggleScale() }
  static let toggleSignRow = Action("toggle sign row") { state, _ in state.toggleSignRow() }
  static let toggleValues = Action("toggle values") { state, _ in state.toggleValues() }
  static let toggleSpecials = Action("toggle specials", isAboutPresentText: true) { state, _ in
    state.toggleSpecials()
  }
  static let toggleTokenOrder = Action("toggle token order") { state, _ in
    state.toggleTokenOrder()
  }
}
