package import Reports
package import TerminalUI
package import Workbench

/// A screen that fills the window and has a key of its own: which keys it handles, which computations
/// it needs, and how it is drawn.
///
/// The properties of the conforming type are what the screen keeps for itself. The state has one value of
/// each layer, `state[LogScreen.self]`, and nothing else of a screen. What a layer does concerns that value
/// and what all screens share, so that its functions are static and receive the state, which has both.
package protocol ScreenLayer: Sendable {
  /// Its key.
  static var screen: Screen { get }
  static var title: String { get }
  /// What it shows, in a few words.
  static var summary: String { get }
  /// Its parts and what they say, for the page "What you see" of the help.
  static var parts: [(name: String, meaning: String)] { get }
  /// The keys that work on this screen alone.
  static var bindings: [Binding] { get }
  /// The combinations of key tables that can be active here, each in order of precedence.
  static var chains: [[Binding.Context]] { get }

  /// As it is before anything has happened.
  init()

  // MARK: Keys

  /// The active key tables: one of the chains.
  static func contexts(_ state: State) -> [Binding.Context]
  /// Whether the key would do something now; if not, it is not offered.
  static func isOfUse(_ binding: Binding, _ state: State) -> Bool
  /// The text that printable keys go into; nil where they are commands.
  static func field(_ state: State) -> ScreenField?
  static func edit(_ state: inout State, _ edit: (inout TextEditor) -> TextEditor.Outcome)
  /// Enter in the field: takes what is offered for its text; false where nothing is.
  static func acceptOffer(_ state: inout State) -> Bool

  static func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect])
  /// To the next row of the data set, or to the one before.
  static func stepThroughRows(by step: Int, _ state: inout State)
  /// Tab.
  static func changePane(by step: Int, _ state: inout State)
  /// Undo and redo of what is changed here.
  static func step(_ command: EditorCommand, _ state: inout State, _ effects: inout [Effect])
  /// Ctrl-X and Ctrl-T, where they mean something else here; false leaves them as they are.
  static func changeExplainer(by step: Int, _ state: inout State) -> Bool
  static func changeClass(by step: Int, _ state: inout State) -> Bool
  /// What the palette offers of it beside its keys, from every screen.
  static func paletteEntries(_ state: State) -> [PaletteEntry]
  /// The forms that what has the focus can be copied in, the likeliest first.
  static func copyForms(_ state: State) -> [CopyForm]
  /// What has the focus; nil where there is nothing yet.
  static func copied(_ state: State, as form: CopyForm) -> Copied?

  // MARK: Appearing and disappearing

  static func appear(_ state: inout State)
  /// The screen above it was left.
  static func reappear(_ state: inout State)
  /// Esc and `q` close a part of it first; false where none is open.
  static func closePart(_ state: inout State) -> Bool
  /// Esc goes to the screen before, whatever runs.
  static var isLeftBeforeJobsAreStopped: Bool { get }
  /// Stops its own work; false where nothing runs.
  static func stopJob(_ state: inout State, _ effects: inout [Effect]) -> Bool

  // MARK: The mouse

  static func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State)
  /// What a second click on the same thing does, soon after the first; nil where it is two clicks.
  static func command(ofDoubleClickOn target: Picture.Target) -> Command?
  static func drag(to position: Position, in picture: Picture, _ state: inout State)
  static func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State)

  // MARK: Following what all screens share

  /// Every layer learns of a change, whichever screen is visible.
  static func follow(_ change: Change, _ state: inout State)
  /// Every layer may ask for work on what was opened.
  static func open(_ opened: Opened, _ state: inout State, _ effects: inout [Effect])
  /// Takes from the last session what is this screen's own, and leaves its own for the next.
  static func restore(_ session: Session, _ state: inout State)
  static func keep(in session: inout Session, _ state: State)

  // MARK: The text's editor and map, on the first screen

  /// Printable keys go to the editor, in whatever size the window has.
  static func isEditing(_ state: State) -> Bool
  static func beginEditing(_ state: inout State)
  static func endEditing(_ state: inout State)
  /// The keys go to the map.
  static func showMap(at place: MapPlace, _ state: inout State)
  /// The state as it was when an older text was the present one, while that is looked at; nil otherwise.
  static func past(_ state: State) -> State?

  // MARK: What is computed

  /// Every layer brings what it keeps, its cursor and its sizes, in line with what there is.
  static func fit(_ state: inout State)
  /// Every layer asks for work of its own that waits for no prediction.
  static func wantOwnWork(_ state: inout State, _ effects: inout [Effect])
  /// Every layer asks for what is to be known beside the prediction, which was asked for before.
  static func wantBesidePrediction(_ state: inout State, _ effects: inout [Effect])
  /// Every layer keeps what it needs of the answers that there are.
  static func keepAnswers(_ state: inout State)
  /// What the visible screen asks the model about the text, behind everything else.
  static func question(about classIndex: Int, _ state: State) -> (any AskedQuestion)?
  /// Ctrl-C: that question is given up; false where it is not asked.
  static func giveUpQuestion(_ state: inout State) -> Bool
  /// Requests the explanation that is needed next.
  static func wantExplanation(_ state: inout State, _ effects: inout [Effect])
  /// Whether a job for this choice may go on.
  static func needs(_ choice: ExplanationChoice, _ state: State) -> Bool
  /// The words whose removal is shown: all units, and the indices of those in sight; nil where none is.
  static func unitsToRemove(_ state: State) -> (units: [HeatUnit], visible: [Int])?
  /// The visible explanation to be measured next.
  static func wantedForTrust(_ state: State) -> Explanation?

  // MARK: What is shown

  static func draw(_ state: State, on picture: inout Picture)
  /// What a screen reader reads out.
  static func inWords(_ state: State) -> String
  /// The text in the editor is what it is about.
  static var isAboutText: Bool { get }
  /// The map over that text is in sight, and with it what stands beside it: findings, the token that is
  /// looked at, the row of a data set that the text came from.
  static var showsMap: Bool { get }
  /// Whether one pane of it fills the window; nil where none can.
  static var zoom: WritableKeyPath<State, Bool>? { get }
  /// The row of the data set that it is about; nil where there is none.
  static func row(_ state: State) -> Int?
  /// What is said when a class is set against another, or no longer; nil where that is said of the
  /// editor's text.
  static func contrastNotice(_ state: State) -> String?
  /// The command that prints the same.
  static func shellCommand(_ state: State) -> String?
  /// Why there is none.
  static func reasonForNoShellCommand(_ state: State) -> String
  /// What it can be written as, the likeliest first.
  static func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat]
  static func exportName(_ state: State) -> String
  /// nil where there is nothing to write yet.
  static func exported(as format: OutputFormat, _ state: State) -> Export.Content?
}

/// Where printable keys go on a screen.
package enum ScreenField: Sendable { case text, query }

extension ScreenLayer {
  package static var parts: [(name: String, meaning: String)] { [] }
  package static func isOfUse(_ binding: Binding, _ state: State) -> Bool { true }
  package static func field(_ state: State) -> ScreenField? { nil }
  package static func edit(
    _ state: inout State, _ edit: (inout TextEditor) -> TextEditor.Outcome
  ) { state.editText(edit) }

  package static func acceptOffer(_ state: inout State) -> Bool { false }

  package static func move(
    _ movement: Movement, _ state: inout State, _ effects: inout [Effect]
  ) {}
  package static func stepThroughRows(by step: Int, _ state: inout State) {
    state.stepThroughOpenedRows(by: step)
  }
  package static func changePane(by step: Int, _ state: inout State) {}
  package static func step(
    _ command: EditorCommand, _ state: inout State, _ effects: inout [Effect]
  ) { state.stepThroughHistory(command) }
  package static func changeExplainer(by step: Int, _ state: inout State) -> Bool { false }
  package static func changeClass(by step: Int, _ state: inout State) -> Bool { false }
  package static func paletteEntries(_ state: State) -> [PaletteEntry] { [] }
  package static func copyForms(_ state: State) -> [CopyForm] { [.table, .text, .colours] }
  package static func copied(_ state: State, as form: CopyForm) -> Copied? { nil }

  package static func appear(_ state: inout State) {}
  package static func reappear(_ state: inout State) {}
  package static func closePart(_ state: inout State) -> Bool { false }
  package static var isLeftBeforeJobsAreStopped: Bool { false }
  package static func stopJob(_ state: inout State, _ effects: inout [Effect]) -> Bool { false }

  package static func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State
  ) {}
  package static func command(ofDoubleClickOn target: Picture.Target) -> Command? { nil }
  package static func drag(to position: Position, in picture: Picture, _ state: inout State) {}
  package static func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State
  ) {}

  package static func follow(_ change: Change, _ state: inout State) {}
  package static func open(
    _ opened: Opened, _ state: inout State, _ effects: inout [Effect]
  ) {}
  package static func restore(_ session: Session, _ state: inout State) {}
  package static func keep(in session: inout Session, _ state: State) {}

  package static func isEditing(_ state: State) -> Bool { false }
  package static func beginEditing(_ state: inout State) {}
  package static func endEditing(_ state: inout State) {}
  package static func showMap(at place: MapPlace, _ state: inout State) {}
  package static func past(_ state: State) -> State? { nil }

  package static func fit(_ state: inout State) {}
  package static func wantOwnWork(_ state: inout State, _ effects: inout [Effect]) {}
  package static func wantBesidePrediction(_ state: inout State, _ effects: inout [Effect]) {}
  package static func keepAnswers(_ state: inout State) {}
  package static func question(
    about classIndex: Int, _ state: State
  ) -> (any AskedQuestion)? { nil }
  package static func giveUpQuestion(_ state: inout State) -> Bool { false }
  package static func wantExplanation(_ state: inout State, _ effects: inout [Effect]) {
    state.wantShownExplanation(&effects)
  }
  package static func needs(_ choice: ExplanationChoice, _ state: State) -> Bool {
    choice == state.choice
  }
  package static func unitsToRemove(_ state: State) -> (units: [HeatUnit], visible: [Int])? { nil }
  package static func wantedForTrust(_ state: State) -> Explanation? { nil }

  package static func inWords(_ state: State) -> String { "" }
  package static var isAboutText: Bool { true }
  package static var showsMap: Bool { false }
  package static var zoom: WritableKeyPath<State, Bool>? { nil }
  package static func row(_ state: State) -> Int? { nil }
  package static func contrastNotice(_ state: State) -> String? { nil }
  package static func shellCommand(_ state: State) -> String? { nil }
  package static func reasonForNoShellCommand(_ state: State) -> String {
    "nothing is on the screen yet that a command prints"
  }
  package static func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.screenFormats
  }
  package static func exportName(_ state: State) -> String { "\(Self.title.lowercased()).svg" }
  package static func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
    .picture(state.bareFrame)
  }
}
