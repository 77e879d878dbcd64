internal import Attribution
package import Reports
package import TerminalUI
package import Workbench

/// The first screen: a text, its prediction, and the explanation.
package struct ExploreLayer: ScreenLayer {
  package static let screen = Screen.explore
  package static let title = "Explore"
  package static let summary = "a text, the prediction, why"

  package static let parts: [(name: String, meaning: String)] = [
    ("Text", "what the model reads; type, and all else follows each letter"),
    (
      "Prediction",
      "what it says: the marked class is the one that is explained, t takes the next"
    ),
    (
      "Why?",
      "the same text painted: warm colours speak for that class, cold ones against it, the stronger the "
        + "more; unpainted words hardly matter. The word that you are at is told below"
    ),
    (
      "Tokens",
      "the words by weight, and the probability that is left without each. The other tabs try things "
        + "out: where it decided, which words flip it, typos, what the tokenizer made of it"
    ),
    ("Explainers", "the ways to answer \"why\"; x takes the next, m tells how it works"),
    (
      "Trust",
      "whether to believe the colours: taking painted words away must change the answer more than taking "
        + "random ones (right column)"
    ),
    ("Legend", "what the strongest colour stands for, and what to beware of here"),
  ]

  package init() {}

  package func contexts(_ state: State) -> [Binding.Context] {
    if state.isLabelling { return ErrorsLayer.inLabelling }
    return field(state) == nil ? Self.inPanes : Self.inEditor
  }

  package func isOfUse(_ binding: Binding, _ state: State) -> Bool {
    switch binding.command {
    case .act(.nextRow), .act(.previousRow), .act(.beginLabelling): state.openedExample != nil
    default:
      Self.isOfUse(binding, toMoleculeOf: state) ?? Self.isOfUse(binding, toTextsOf: state) ?? true
    }
  }

  package func field(_ state: State) -> ScreenField? {
    state.explore.focus == .editor && !state.isTooSmall ? .text : nil
  }

  package mutating func move(
    _ movement: Movement, _ state: inout State, _ effects: inout [Effect]
  ) { state.moveInPane(movement) }

  package mutating func changePane(by step: Int, _ state: inout State) {
    state.moveFocus(by: step)
  }

  package mutating func takeOffer(_ state: inout State) -> Bool { state.takeOfferedDrug() }

  package func copyForms(_ state: State) -> [CopyForm] { state.copyFormsOfFocus }
  package func copied(_ state: State, as form: CopyForm) -> Copied? {
    state.copyOfFocus(as: form)
  }

  // MARK: Coming and going

  package mutating func closePart(_ state: inout State) -> Bool {
    state.endSearch() || state.unzoom() || state.leaveFindings()
  }

  /// Esc may just lead back from a row of a data set: its computations can go on.
  package var isLeftBeforeJobsAreStopped: Bool { true }

  // MARK: The mouse

  package mutating func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State
  ) { state.pressOnExplore(target, position, picture) }

  package mutating func drag(
    to position: Position, in picture: Picture, _ state: inout State
  ) { state.drag(to: position, picture) }

  package mutating func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State
  ) { state.scrollPane(by: rows, at: position, picture) }

  // MARK: What is to be found out

  package func wantedForTrust(_ state: State) -> Explanation? {
    guard let shown = state.explanations.shown, shown.isFinal, !state.isShownStale,
      Layout(state).showsTrust,
      !state.trust.isMeasured(shown.job.choice)
    else { return nil }
    return shown
  }

  // MARK: What is shown

  package func draw(_ state: State, on picture: inout Picture) {
    state.drawExplore(Layout(state), &picture)
  }

  package func inWords(_ state: State) -> String {
    (state.predictionInWords + [state.focusInWords]).compactMap(\.self).joined(separator: " ")
  }

  package var showsMap: Bool { true }
  package var zoom: WritableKeyPath<State, Bool>? { \.explore.isZoomed }
  package func row(_ state: State) -> Int? {
    state.openedExample == nil ? nil : state.errors.opened
  }

  package func shellCommand(_ state: State) -> String? { state.commandOfExplanation }

  package func reasonForNoShellCommand(_ state: State) -> String {
    state.off.isEmpty
      ? "nothing is on the screen yet that a command prints"
      : "no command prints a text with words switched off; 0 puts them back"
  }

  package func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.formats(
      writing: \.explanations,
      first: [.html, .svg, .png, .ansi, .json, .csv, .markdown, .text])
  }

  package func exportName(_ state: State) -> String { "explanation.html" }

  package func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
    guard let shown = state.explanations.shown, !state.isShownStale, state.isPredictionFresh,
      let prediction = state.predictions.latest
    else { return nil }
    return .explanation(
      ExportedExplanation(
        prediction: prediction.prediction, choice: shown.job.choice,
        attribution: shown.attribution, seconds: shown.seconds,
        isMolecule: state.showsMolecule))
  }
}

extension Screen {
  public static let explore = Screen(rawValue: 1)
}
