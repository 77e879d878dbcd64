internal import Attribution
package import Reports
package import TerminalUI
package import Workbench

/// The first screen: a text, its prediction, and the explanation.
extension ExploreScreen: ScreenLayer {
  package static let screen = Screen.explore
  package static let title = "Explore"
  package static let summary = "a text, the prediction, why"

  package static let parts: [(name: String, meaning: String)] = [
    ("Text", "what the model reads; everything else updates as you type"),
    (
      "Prediction",
      "the classes and their probabilities; t selects which one is explained"
    ),
    (
      "Why?",
      "the same text in colour: warm words speak for that class, cold ones against it; the stronger the "
        + "colour, the more a word counts. The selected word is described below the text"
    ),
    (
      "Tokens",
      "the words by score, and the probability that remains without each. The other tabs show after "
        + "which word the model decides, which words flip the class, what typos do, and more"
    ),
    ("Explainers", "the methods that answer \"why\"; x selects the next, m describes it"),
    (
      "Trust",
      "whether to believe the colours: removing coloured words should change the prediction more than "
        + "removing random ones (right column)"
    ),
    ("Legend", "what the strongest colour means, and caveats for this text"),
  ]

  package static func contexts(_ state: State) -> [Binding.Context] {
    if state.dataset.isLabelling, state.openedExample != nil { return SharedKeys.inLabelling }
    return field(state) == nil ? Self.inPanes : Self.inEditor
  }

  package static func isAvailable(_ binding: Binding, _ state: State) -> Bool {
    switch binding.command {
    case .act(.nextRow), .act(.previousRow), .act(.beginLabelling): state.openedExample != nil
    default:
      Self.isAvailable(binding, forMoleculeOf: state) ?? Self.isAvailable(
        binding, forTextsOf: state) ?? true
    }
  }

  package static func field(_ state: State) -> ScreenField? {
    state.explore.focus == .editor && !state.isTooSmall ? .text : nil
  }

  package static func move(
    _ movement: Movement, _ state: inout State, _ effects: inout [Effect]
  ) { state.moveInPane(movement) }

  package static func changePane(by step: Int, _ state: inout State) {
    state.moveFocus(by: step)
  }

  package static func acceptOffer(_ state: inout State) -> Bool { state.acceptOfferedDrug() }

  package static func copyForms(_ state: State) -> [CopyForm] { state.copyFormsOfFocus }
  package static func copied(_ state: State, as form: CopyForm) -> Copied? {
    state.copyOfFocus(as: form)
  }

  // MARK: Appearing and disappearing

  package static func closePart(_ state: inout State) -> Bool {
    state.endSearch() || state.unzoom() || state.leaveFindings()
  }

  /// Esc may only mean going back from a row of a data set, whose computations can continue.
  package static var isLeftBeforeJobsAreStopped: Bool { true }

  package static func paletteEntries(_ state: State) -> [PaletteEntry] {
    state.paletteEntriesOfPanes + state.paletteEntriesOfInteractions
  }

  // MARK: The mouse

  package static func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State
  ) { state.pressOnExplore(target, position, picture) }

  package static func drag(
    to position: Position, in picture: Picture, _ state: inout State
  ) { state.drag(to: position, picture) }

  package static func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State
  ) { state.scrollPane(by: rows, at: position, picture) }

  // MARK: Following the shared state

  package static func follow(_ change: Change, _ state: inout State) {
    switch change {
    case .method(let name):
      state.explore.selectedMethod =
        state.summary?.methods.firstIndex { $0.card.name == name } ?? 0
    case .classIndex(let index): state.explore.selectedClass = index
    case .text(let move):
      state.keepSelection(move)
      state.carryPhrases(by: move)
    case .results: state.forgetFindings()
    case .model:
      state.forgetTexts()
      state.explore.inspected = nil
    case .map(let explanation, let isNewText, let isNewMap):
      state.select(in: explanation, isNewText: isNewText)
      // A refined map changes the ranking.
      if isNewMap, state.explore.focus == .tokens { state.reveal() }
      state.reportSamePicture(of: explanation)
    case .mapRemoval:
      guard state.explore.focus != .editor else { return }
      state.explore.selectionOffset = state.selectedRange?.lowerBound
    case .release: state.findings.dragAnchor = nil
    case .zoom: state.reveal()
    case .dataset, .row, .labelling, .size, .rest: break
    }
  }

  package static func restore(_ session: Session, _ state: inout State) {
    _ = state.findings.candidates.add(session.candidates ?? [])
    state.findings.earlier = (session.texts ?? []).map(\.texts)
    state.explore.interactionMethod =
      session.interactionMethod.flatMap(PairInteractions.Method.init) ?? .removal
    // A row of a data set is opened to be read, not edited.
    if session.hasOpenRow(on: screen) { state.explore.focus = .heatmap }
  }

  package static func keep(in session: inout Session, _ state: State) {
    let candidates = state.findings.candidates.texts
    session.texts =
      state.findings.historyCount == 0 ? nil : state.textsOfHistory.map { KeptText($0) }
    session.candidates = candidates.isEmpty ? nil : candidates
    let method = state.explore.interactionMethod
    session.interactionMethod = method == .removal ? nil : method.rawValue
  }

  // MARK: The editor and the map

  package static func isEditing(_ state: State) -> Bool { state.explore.focus == .editor }
  package static func beginEditing(_ state: inout State) { state.explore.focus = .editor }
  package static func endEditing(_ state: inout State) { state.leaveEditor(to: .heatmap) }

  package static func showMap(at place: MapPlace, _ state: inout State) {
    state.explore.focus = .heatmap
    switch place {
    case .firstWord: state.explore.selectionOffset = 0
    case .unit(let unit):
      (state.explore.selectedUnit, state.explore.selectionOffset) = (unit, nil)
    case .same: break
    }
  }

  package static func past(_ state: State) -> State? { state.visit.map { state.state(at: $0) } }

  // MARK: What is computed

  package static func fit(_ state: inout State) {
    state.readMolecule()
    state.fitEditor()
  }

  package static func askOwnQuestions(_ state: inout State, _ effects: inout [Effect]) {
    state.settleDrawing(&effects)
  }

  package static func keepAnswers(_ state: inout State) {
    state.keepInspected()
    state.settleFindings()
    state.followAtom()
  }

  package static func unitsToRemove(_ state: State) -> (units: [HeatUnit], visible: [Int])? {
    guard let shown = state.explanations.shown, !state.isShownStale, shown.isFinal else {
      return nil
    }
    let looked = [state.currentUnit].compactMap(\.self)
    return (shown.map.units, looked + state.visibleTableUnits)
  }

  package static func question(
    about classIndex: Int, _ state: State
  ) -> (any AskedQuestion)? { state.questionOfPage(classIndex) }

  package static func cancelQuestion(_ state: inout State) -> Bool {
    guard let page = state.findings.page, state.asked.isOpen(.whatIf) else { return false }
    state.findings.results.problems[page] = "cancelled; r in this pane resumes it"
    return true
  }

  package static func wantedForTrust(_ state: State) -> Explanation? {
    guard let shown = state.explanations.shown, shown.isFinal, !state.isShownStale,
      ExploreLayout(state).showsTrust,
      !state.trust.isMeasured(shown.job.choice)
    else { return nil }
    return shown
  }

  // MARK: Content

  package static func draw(_ state: State, on picture: inout Picture) {
    state.drawExplore(ExploreLayout(state), &picture)
  }

  package static func spokenText(_ state: State) -> String {
    (state.spokenPrediction + [state.spokenFocus]).compactMap(\.self).joined(separator: " ")
  }

  package static var showsMap: Bool { true }
  package static var zoom: WritableKeyPath<State, Bool>? { \.explore.isZoomed }
  package static func row(_ state: State) -> Int? {
    state.openedExample == nil ? nil : state.dataset.openedRow
  }

  /// With the areas under the curve, if it is open.
  package static func shellCommand(_ state: State) -> String? {
    state.commandOfExplanation(
      measures: state.findings.page == .curve ? ["deletion-auc", "insertion-auc"] : [])
  }

  package static func reasonForNoShellCommand(_ state: State) -> String {
    state.off.isEmpty
      ? "there is nothing yet that a command could print"
      : "no command prints switched-off words; 0 puts them back"
  }

  package static func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.formats(
      writing: \.explanations,
      first: [.html, .svg, .png, .ansi, .json, .csv, .markdown, .text])
  }

  package static func exportName(_ state: State) -> String { "explanation.html" }

  package static func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
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
