internal import Attribution
internal import Datasets
package import Reports
package import TerminalUI
package import Workbench

/// The Errors screen: the rows of a data set, and the errors of the model on them.
extension ErrorsScreen: ScreenLayer {
  package static let screen = Screen.errors
  package static let title = "Errors"
  package static let summary = "a data set, worst rows first"

  package static let parts: [(name: String, meaning: String)] = [
    (
      "/",
      "the filter: words, or a query such as gold!=pred p>0.9; right: the number of matching rows"
    ),
    (
      "Examples",
      "labelled texts, the worst first: gold is the right class, pred the predicted one, p its "
        + "probability; warm colours speak for pred, cold ones against it"
    ),
    ("Row", "the whole text of the selected row; Enter opens it in Explore"),
    (
      "Confusion",
      "for each gold class, the percentage of its rows that were predicted as each class"
    ),
    (
      "lists",
      "d shows the next one: calibration, charts, slices, words, suspect labels; Enter on a line "
        + "shows the rows that it counts"
    ),
  ]

  package static var zoom: WritableKeyPath<State, Bool>? { \.errors.isZoomed }
  package static func row(_ state: State) -> Int? { state.selectedRow }

  package static func contexts(_ state: State) -> [Binding.Context] {
    if field(state) != nil { return Self.inQuery }
    if state.labelsRowsHere { return SharedKeys.inLabelling }
    let isInMatrix = state.errors.isInDrawer && state.errors.drawer == .matrix
    return isInMatrix ? Self.inMatrix : Self.inTable
  }

  /// Without a data set, the screen's own keys have no effect, except Enter, which opens a sample.
  package static func isAvailable(_ binding: Binding, _ state: State) -> Bool {
    switch binding.command {
    // Rows are explained for their predicted class, by an explainer that is fast enough for all
    // rows.
    case .act(.nextExplainer), .act(.nextClass): false
    case .act(.clearFilter): !state.dataset.rows.query.isEmpty
    case .act(let action) where ofDrawing.contains(action): PreviewedMolecule(state) != nil
    case .act(.openExample) where state.dataset.table == nil: state.hasNoDataset
    default: state.dataset.table != nil || ![.errors, .examples].contains(binding.context)
    }
  }

  package static func field(_ state: State) -> ScreenField? {
    state.errors.filter.isOpen ? .query : nil
  }

  package static func edit(
    _ state: inout State, _ edit: (inout TextEditor) -> TextEditor.Outcome
  ) { state.editFilter(edit) }

  package static func endTyping(_ state: inout State) {
    guard field(state) != nil else { return }
    state.applyFilter(state.errors.filter.field.text)
    if field(state) != nil { state.leaveFilter() }
  }

  /// The preview shows another row only once the cursor stays on it.
  package static func move(
    _ movement: Movement, _ state: inout State, _ effects: inout [Effect]
  ) {
    let shown = state.previewedRow
    state.moveOnErrors(movement)
    guard !state.errors.isInDrawer else { return }
    state.errors.held = shown
    effects.append(.awaitRest)
  }

  package static func stepThroughRows(by step: Int, _ state: inout State) {
    state.moveOnErrors(step > 0 ? .down : .up)
  }

  package static func changePane(by step: Int, _ state: inout State) {
    state.moveFocusOnErrors(by: step)
  }

  package static func step(
    _ command: EditorCommand, _ state: inout State, _ effects: inout [Effect]
  ) { state.stepThroughLabels(command, &effects) }

  package static func changeClass(by step: Int, _ state: inout State) -> Bool {
    state.say("Errors explains the predicted class of each row")
    return true
  }

  package static func copied(_ state: State, as form: CopyForm) -> Copied? {
    form.copy(of: state.copiedRows, painted: state.frameWithoutOverlay)
  }

  // MARK: Appearing and disappearing

  package static func reappear(_ state: inout State) { state.dataset.openedRow = nil }

  package static func closePart(_ state: inout State) -> Bool {
    if state.unzoom() { return true }
    guard state.errors.isInDrawer else { return false }
    state.errors.isInDrawer = false
    return true
  }

  package static func stopJob(_ state: inout State, _ effects: inout [Effect]) -> Bool {
    state.stopErrorsJob(&effects)
  }

  // MARK: The mouse

  package static func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State
  ) { state.pressOnErrors(target) }

  package static func command(ofDoubleClickOn target: Picture.Target) -> Command? {
    switch target.own(ErrorsTarget.self) {
    case .exampleLine, .drawerLine, .matrixCell: .act(.openExample)
    default: nil
    }
  }

  package static func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State
  ) { state.scrollErrors(by: rows, at: picture.target(at: position)) }

  // MARK: Following the shared state

  package static func follow(_ change: Change, _ state: inout State) {
    switch change {
    case .rest: state.errors.held = nil
    case .dataset(let isSame):
      state.errors.forgetData()
      if !isSame { state.restoreDataSession() }
    case .row(let row):
      if let place = state.dataset.rows.all.firstIndex(of: row) { state.goToRow(at: place) }
    case .labelling: state.errors.isInDrawer = false
    case .method, .classIndex, .text, .results, .model, .map, .mapRemoval, .size, .zoom, .release:
      break
    }
  }

  package static func open(
    _ opened: Opened, _ state: inout State, _ effects: inout [Effect]
  ) {
    switch opened {
    case .dataset:
      state.show(screen)
      if state.summary != nil { state.askForScores(&effects) }
    case .model: if state.dataset.isGiven { state.askForScores(&effects) }
    case .secondModel: break
    }
  }

  package static func keep(in session: inout Session, _ state: State) {
    session.dataSessions = state.keptDataSessions
  }

  // MARK: What is computed

  package static func fit(_ state: inout State) { state.readPreviewedMolecule() }

  package static func askOwnQuestions(_ state: inout State, _ effects: inout [Effect]) {
    state.settleErrors(&effects)
  }

  /// The screen does not show an explanation of the editor's text, so none is requested.
  package static func requestExplanation(_ state: inout State, _ effects: inout [Effect]) {}

  // MARK: Content

  package static func draw(_ state: State, on picture: inout Picture) {
    ErrorsView(state).draw(on: &picture)
  }

  package static func spokenText(_ state: State) -> String { state.spokenErrors }

  package static var isAboutText: Bool { false }

  package static func contrastNotice(_ state: State) -> String? {
    state.settings.contrast == .none
      ? "each predicted class is explained alone"
      : "each predicted class is contrasted with another"
  }

  package static func shellCommand(_ state: State) -> String? { ShellCommand.evaluate(state) }

  package static func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.tableFormats + catalog.screenFormats
  }

  package static func exportName(_ state: State) -> String {
    let name = state.dataset.name?.split(separator: ".").first.map(String.init) ?? "examples"
    return "\(name)-reviewed.csv"
  }

  package static func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
    guard state.dataset.table != nil, !state.dataset.rows.all.isEmpty else {
      return nil
    }
    return format.table == nil
      ? .picture(state.frameWithoutOverlay) : state.exportedExamples.map { .examples($0) }
  }
}

extension Screen {
  public static let errors = Screen(rawValue: 2)
}
