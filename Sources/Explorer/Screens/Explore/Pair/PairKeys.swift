internal import TerminalUI

/// The keys for two texts.
extension ExploreScreen {
  static let pairBindings: [Binding] = [
    Binding(
      [.char("D"), .alt("s")], .panes, .act(.toggleSecondText),
      "switch between one text and two", hint: "two texts", rank: 34,
      name: "second-text"),
    Binding(
      [.char("F")], .panes, .act(.cycleHeldText),
      "explain both texts, or one with the other fixed", hint: "hold", rank: 22,
      name: "hold-text"),
    Binding(
      [.char("I")], .panes, .act(.showFinding(.interactions)),
      "how words of one text interact with the other text", hint: "interact", rank: 22,
      name: "interactions"),
    Binding(
      [.char("R")], .panes, .act(.showFinding(.candidates)),
      "rank candidates for the first text, and why", hint: "rank",
      rank: 22, name: "rank"),
    Binding(
      [.char("C")], .panes, .act(.addCandidate), "add a candidate to be ranked",
      hint: "candidate", rank: 23, name: "add-candidate"),
    Binding(
      [.char("Z")], .panes, .act(.openLabels), "labels of your own as classes (zero-shot)",
      hint: "labels", rank: 22, name: "labels"),
    Binding([Key(.delete)], .panes, .act(.removeCandidate), "remove a candidate from the ranking"),
  ]

  static let pairEditorBindings = [
    Binding(
      [.alt("s")], .editor, .act(.toggleSecondText), "switch between one text and two")
  ]

  private static let pairActions: Set<Action> = [
    .cycleHeldText, .showFinding(.interactions), .showFinding(.candidates), .addCandidate,
    .removeCandidate,
  ]

  /// Whether a key for two texts would have an effect; nil for other keys.
  static func isAvailable(_ binding: Binding, forTextsOf state: State) -> Bool? {
    guard case .act(let action) = binding.command else { return nil }
    if action == .toggleSecondText { return state.document.isPair || state.readsPairs }
    if action == .openLabels { return state.answersLabels }
    return pairActions.contains(action) ? state.document.isPair : nil
  }
}
