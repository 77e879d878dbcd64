internal import Reports
internal import TerminalUI
internal import Workbench

/// The keys of the drawing.
extension ExploreScreen {
  static let moleculeBindings: [Binding] = [
    Binding(
      [.char("M")], .panes, .act(.toggleMolecule),
      "show the text as a molecule, or as text", hint: "molecule", rank: 22, name: "molecule"),
    Binding(
      [.char("W")], .panes, .act(.openSwaps),
      "what if: replace an atom with another group", hint: "swaps",
      rank: 22, name: "swaps"),
    Binding([.char("-")], .panes, .act(.zoomMolecule(in: false)), "molecule: smaller"),
    Binding([Key(.left, .alt)], .panes, .act(.panMolecule(.left)), "molecule: scroll left"),
    Binding(
      [Key(.right, .alt)], .panes, .act(.panMolecule(.right)), "molecule: scroll right"),
    Binding([Key(.up, .alt)], .panes, .act(.panMolecule(.up)), "molecule: scroll up"),
    Binding([Key(.down, .alt)], .panes, .act(.panMolecule(.down)), "molecule: scroll down"),
  ]

  /// Whether a key of the drawing would have an effect; nil for other keys.
  static func isAvailable(_ binding: Binding, forMoleculeOf state: State) -> Bool? {
    guard case .act(let action) = binding.command else { return nil }
    if action == .toggleMolecule {
      return state.showsMolecule || state.summary?.readsSMILES == true
    }
    return Self.drawingActions.contains(action) ? state.depiction != nil : nil
  }

  private static let drawingActions: Set<Action> = Set(
    [.openSwaps, .zoomMolecule(in: false)]
      + [Movement.left, .right, .up, .down].map { .panMolecule($0) })
}

extension Action {
  static let toggleMolecule = Action("toggle molecule") { state, _ in state.toggleMoleculeView() }
  /// In the drawing of a molecule, enlarges the drawing instead of the pane.
  static let enlarge = Action("enlarge") { state, _ in
    if state.depiction != nil, state.explore.focus == .heatmap {
      state.zoomMolecule(by: MoleculeCells.View.step)
    } else {
      state.zoom()
    }
  }
  static func zoomMolecule(in isLarger: Bool) -> Action {
    Action("zoom molecule \(isLarger)") { state, _ in
      state.zoomMolecule(by: isLarger ? MoleculeCells.View.step : 1 / MoleculeCells.View.step)
    }
  }
  static func panMolecule(_ movement: Movement) -> Action {
    Action("pan molecule \(movement)") { state, _ in
      state.moveMolecule { view, size in view.look(movement, in: size) }
    }
  }
}
