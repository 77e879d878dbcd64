internal import TerminalUI

/// The keys of Compare.
extension CompareScreen {
  package static let chains: [[Binding.Context]] = [
    [.compare, .across, .commands, .screen, .otherScreens, .always]
  ]

  package static let bindings: [Binding] = [
    Binding(
      [.char("a")], .compare, .act(.openColumns), "add or remove explainers", hint: "columns",
      rank: 2, name: "columns"),
    Binding(
      [.char("-"), Key(.delete)], .compare, .act(.removeColumn),
      "remove the column; u restores it", name: "remove-column"),
    Binding([.char("x")], .compare, .act(.nextExplainer), "next explainer: the next column"),
    Binding([.char("X")], .compare, .act(.previousExplainer), "previous explainer"),
    Binding(
      [.char("s")], .compare, .act(.toggleSharedScale),
      "scale: each column's own, or one for all", hint: "scale", rank: 2),
    Binding(
      [.char("o")], .compare, .act(.changeWordOrder),
      "order: text, |score| of the column, disagreement", hint: "order", rank: 2),
    Binding(
      [.char("d")], .compare, .act(.toggleDifference),
      "show the other columns as differences to this one", hint: "difference", rank: 2),
    Binding(
      [.char("n")], .compare, .act(.nextDispute), "next word on which columns disagree",
      hint: "dispute", rank: 2),
    Binding(
      [.char("N")], .compare, .act(.previousDispute), "previous word on which columns disagree"),
    Binding(
      [.char("v")], .compare, .act(.changeColumns),
      "columns: explainers, the classes, or two models", hint: "classes", rank: 2),
    Binding(
      [.char("M")], .compare, .act(.openModel(for: .comparison)),
      "compare with a second model by the same explainer", hint: "model", rank: 2,
      name: "compare-model"),
    Binding(
      [.char("c")], .compare, .act(.matchClasses),
      "match the second model's classes to this model's", name: "match-classes"),
    Binding(
      [.char("r")], .compare, .act(.explainColumnAgain), "compute the column again",
      hint: "rerun", rank: 2),
    Binding(
      [.char("y")], .compare, .act(.copyFocus), "copy the table; again: in another form",
      hint: "copy", rank: 2),
    Binding(
      [Key(.enter)], .compare, .act(.openColumn), "open this explainer and word in Explore",
      hint: "open", rank: 2),
  ]
}

extension Binding.Context {
  static let compare = Self("On Compare")
}

/// The actions of these keys.
extension Action {
  static let removeColumn = Action("remove column") { state, _ in state.removeColumn() }
  static let toggleSharedScale = Action("toggle shared scale") { state, _ in
    state.toggleSharedScale()
  }
  static let changeWordOrder = Action("change word order") { state, _ in
    state.changeWordOrder()
  }
  static let toggleDifference = Action("toggle difference") { state, _ in
    state.toggleDifference()
  }
  static let nextDispute = Action("next dispute") { state, _ in state.moveToDispute(by: 1) }
  static let previousDispute = Action("previous dispute") { state, _ in
    state.moveToDispute(by: -1)
  }
  static let changeColumns = Action("change columns") { state, _ in state.cycleColumns() }
  static let explainColumnAgain = Action("explain column again") { state, _ in
    state.explainColumnAgain()
  }
  static let matchClasses = Action("match classes") { state, _ in
    state.askForClasses(asksAll: true)
  }
  static let openColumn = Action("open column") { state, _ in state.openColumn() }
}
