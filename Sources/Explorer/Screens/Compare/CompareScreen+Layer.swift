internal import Attribution
package import Reports
package import TerminalUI
package import Workbench

/// The screen of explanations side by side.
extension CompareScreen: ScreenLayer {
  package static let screen = Screen.compare
  package static let title = "Compare"
  package static let summary = "explanations side by side"

  package static let parts: [(name: String, meaning: String)] = [
    (
      "Compare", "one word per row, one explainer per column; bars to the right speak for the class"
    ),
    (
      "Agreement",
      "how similarly the columns rank the words: 1 is the same order; below the diagonal, how many of "
        + "the five strongest words they share"
    ),
    (
      "Which",
      "how faithful each column is to the model: high is good for without and agrees, low is good for "
        + "alone, spread and gap. Rnd is a control with random scores"
    ),
  ]

  package static func contexts(_ state: State) -> [Binding.Context] { Self.chains[0] }

  package static func isAvailable(_ binding: Binding, _ state: State) -> Bool {
    switch binding.command {
    // In a wide window both tables are visible.
    case .nextPane: Layout(state).kind != .wide
    case .act(.nextDispute): CompareTable(state).hasDispute
    default: true
    }
  }

  package static func move(
    _ movement: Movement, _ state: inout State, _ effects: inout [Effect]
  ) { state.moveInCompare(movement) }

  package static func changePane(by step: Int, _ state: inout State) {
    state.compare.drawer = state.compare.drawer == .agreement ? .faithfulness : .agreement
  }

  package static func step(
    _ command: EditorCommand, _ state: inout State, _ effects: inout [Effect]
  ) { state.stepThroughColumns(command) }

  /// If the columns are explainers, moves to the next column.
  package static func changeExplainer(by step: Int, _ state: inout State) -> Bool {
    guard state.compare.columns == .explainers else { return false }
    state.cycleColumn(by: step)
    return true
  }

  package static func copied(_ state: State, as form: CopyForm) -> Copied? {
    form.copy(of: state.comparison, painted: state.frameWithoutOverlay)
  }

  package static func appear(_ state: inout State) { state.openCompare() }

  // MARK: The mouse

  package static func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State
  ) {
    guard case .cell(let unit, let column)? = target.own(CompareTarget.self) else { return }
    if let unit { state.compare.unit = unit }
    if let column { state.compare.column = column }
    state.compare.top = state.compare.top ?? CompareLayout.top(state)
    state.compare.edition = state.document.edition
  }

  package static func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State
  ) { state.scrollCompare(by: rows) }

  // MARK: Following the shared state

  package static func follow(_ change: Change, _ state: inout State) {
    switch change {
    case .model: (state.compare.methods, state.compare.reference) = (nil, nil)
    // Scrolls to the cursor again.
    case .size: state.compare.top = nil
    default: break
    }
  }

  package static func open(
    _ opened: Opened, _ state: inout State, _ effects: inout [Effect]
  ) {
    if case .secondModel(let name, let isAwaited) = opened {
      state.compareWithSecondModel(name, isAwaited: isAwaited)
    }
  }

  // MARK: What is computed

  package static func fit(_ state: inout State) { state.fitCompare() }

  package static func askBesidePrediction(_ state: inout State, _ effects: inout [Effect]) {
    state.askSecondModel(&effects)
  }

  /// Requests the columns' explanations, one after another.
  package static func requestExplanation(_ state: inout State, _ effects: inout [Effect]) {
    state.requestColumn(&effects)
  }

  package static func needs(_ choice: ExplanationChoice, _ state: State) -> Bool {
    state.wantedForCompare.map { $0 == choice } ?? true
  }

  package static func unitsToRemove(_ state: State) -> (units: [HeatUnit], visible: [Int])? {
    state.isPredictionFresh ? (CompareTable(state).units, [state.compare.unit]) : nil
  }

  package static func wantedForTrust(_ state: State) -> Explanation? {
    state.compareColumns.compactMap(\.explanation)
      .first { $0.isFinal && !state.trust.isMeasured($0.job.choice) }
  }

  // MARK: Content

  package static func draw(_ state: State, on picture: inout Picture) {
    CompareView(state).draw(on: &picture)
  }

  package static func spokenText(_ state: State) -> String {
    state.spokenPrediction.joined(separator: " ")
  }

  package static func shellCommand(_ state: State) -> String? { ShellCommand.compare(state) }

  package static func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.tableFormats + catalog.screenFormats
  }

  package static func exportName(_ state: State) -> String { "comparison.csv" }

  package static func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
    guard let comparison = state.comparison else { return nil }
    return format.table == nil ? .picture(state.frameWithoutOverlay) : .table(comparison)
  }
}

extension Screen {
  public static let compare = Screen(rawValue: 3)
}
