package import Reports
package import TerminalUI
package import Workbench

/// A screen that fills the window and has its own key: which keys it handles, which results it
/// needs, and how it is drawn.
///
/// The properties of the conforming type are the screen's own data. The state has one value of each
/// layer, `state[LogScreen.self]`, and nothing else of a screen. The functions concern that value
/// and the shared state, so they are static and receive the whole state.
package protocol ScreenLayer: Sendable {
  /// The digit of its key.
  static var screen: Screen { get }
  static var title: String { get }
  /// A short description of its content.
  static var summary: String { get }
  /// Its parts and their meanings, for the section "What you see" of the help.
  static var parts: [(name: String, meaning: String)] { get }
  /// The keys that work only on this screen.
  static var bindings: [Binding] { get }
  /// The combinations of key tables that can be active here, each in order of precedence.
  static var chains: [[Binding.Context]] { get }

  /// Creates the screen's data as they are at the start.
  init()

  // MARK: Keys

  /// The active key tables: one of the chains.
  static func contexts(_ state: State) -> [Binding.Context]
  /// Whether the key would have an effect now; if not, it is not offered.
  static func isAvailable(_ binding: Binding, _ state: State) -> Bool
  /// The field that printable keys go to; nil if they are commands.
  static func field(_ state: State) -> ScreenField?
  static func edit(_ state: inout State, _ edit: (inout TextEditor) -> TextEditor.Outcome)
  /// Called before another screen is shown: the field loses the focus, and its text is applied.
  static func endTyping(_ state: inout State)
  /// Enter in the field: accepts what is offered for its text.
  ///
  /// - Returns: false if nothing is offered.
  static func acceptOffer(_ state: inout State) -> Bool

  static func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect])
  /// To the next row of the data set, or to the one before.
  static func stepThroughRows(by step: Int, _ state: inout State)
  /// Tab.
  static func changePane(by step: Int, _ state: inout State)
  /// Undoes or redoes the latest change on this screen.
  static func step(_ command: EditorCommand, _ state: inout State, _ effects: inout [Effect])
  /// Handle Ctrl-X and Ctrl-T if they have a special meaning here.
  ///
  /// - Returns: false if they do not.
  static func changeExplainer(by step: Int, _ state: inout State) -> Bool
  static func changeClass(by step: Int, _ state: inout State) -> Bool
  /// Entries that the palette offers on every screen, in addition to those of the keys.
  static func paletteEntries(_ state: State) -> [PaletteEntry]
  /// The forms that the focused pane can be copied in, the most likely one first.
  static func copyForms(_ state: State) -> [CopyForm]
  /// The content of the focused pane; nil if there is none yet.
  static func copied(_ state: State, as form: CopyForm) -> Copied?

  // MARK: Appearing and disappearing

  static func appear(_ state: inout State)
  /// Called when the user returns from the screen above.
  static func reappear(_ state: inout State)
  /// Esc and `q` first close a part of the screen.
  ///
  /// - Returns: false if none is open.
  static func closePart(_ state: inout State) -> Bool
  /// Whether Esc returns to the previous screen even while a job is running.
  static var isLeftBeforeJobsAreStopped: Bool { get }
  /// Cancels its own work.
  ///
  /// - Returns: false if none is running.
  static func stopJob(_ state: inout State, _ effects: inout [Effect]) -> Bool

  // MARK: The mouse

  static func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State)
  /// The command of a double click on a target; nil if it acts like two clicks.
  static func command(ofDoubleClickOn target: Picture.Target) -> Command?
  static func drag(to position: Position, in picture: Picture, _ state: inout State)
  static func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State)

  // MARK: Following the shared state

  /// Called on every layer after a change, whichever screen is visible.
  static func follow(_ change: Change, _ state: inout State)
  /// Called on every layer, which may ask questions about what was opened.
  static func open(_ opened: Opened, _ state: inout State, _ effects: inout [Effect])
  /// Restore the screen's own data from the last session, and store them for the next.
  static func restore(_ session: Session, _ state: inout State)
  static func keep(in session: inout Session, _ state: State)

  // MARK: The editor and the map of the text, on the first screen

  /// Whether the editor has the focus, even if the window is too small to show it.
  static func isEditing(_ state: State) -> Bool
  static func beginEditing(_ state: inout State)
  static func endEditing(_ state: inout State)
  /// Moves the focus to the map.
  static func showMap(at place: MapPlace, _ state: inout State)
  /// The state when an older text was the present one, while that text is shown; nil otherwise.
  static func past(_ state: State) -> State?

  // MARK: What is computed

  /// Called on every layer, which adjusts its cursor and its sizes to the state.
  static func fit(_ state: inout State)
  /// Called on every layer, which asks its questions that need no prediction.
  static func askOwnQuestions(_ state: inout State, _ effects: inout [Effect])
  /// Called on every layer, which asks its questions that accompany the prediction, after the
  /// prediction was requested.
  static func askBesidePrediction(_ state: inout State, _ effects: inout [Effect])
  /// Called on every layer, which stores what it needs of the answers.
  static func keepAnswers(_ state: inout State)
  /// The visible screen's question about the text, with the lowest priority.
  static func question(about classIndex: Int, _ state: State) -> (any AskedQuestion)?
  /// Ctrl-C: cancels that question.
  ///
  /// - Returns: false if it is not being asked.
  static func cancelQuestion(_ state: inout State) -> Bool
  /// Requests the explanation that is needed next.
  static func requestExplanation(_ state: inout State, _ effects: inout [Effect])
  /// Whether a job for this choice may continue.
  static func needs(_ choice: ExplanationChoice, _ state: State) -> Bool
  /// The words whose removal is shown: all units, and the indices of the visible ones; nil if there
  /// are none.
  static func unitsToRemove(_ state: State) -> (units: [HeatUnit], visible: [Int])?
  /// The visible explanation that is to be measured next.
  static func wantedForTrust(_ state: State) -> Explanation?

  // MARK: Content

  static func draw(_ state: State, on picture: inout Picture)
  /// What a screen reader reads out.
  static func spokenText(_ state: State) -> String
  /// Whether the screen is about the text in the editor.
  static var isAboutText: Bool { get }
  /// Whether the map of that text is visible, and with it everything beside the map: findings, the
  /// current token, the data set's row that the text came from.
  static var showsMap: Bool { get }
  /// Whether one of its panes fills the window; nil if none can.
  static var zoom: WritableKeyPath<State, Bool>? { get }
  /// The row of the data set that the screen shows; nil if there is none.
  static func row(_ state: State) -> Int?
  /// The message when a class is contrasted with another, or no longer; nil if the message is about
  /// the editor's text.
  static func contrastNotice(_ state: State) -> String?
  /// The shell command that prints the screen's content.
  static func shellCommand(_ state: State) -> String?
  /// Why there is no such command.
  static func reasonForNoShellCommand(_ state: State) -> String
  /// The formats that it can be exported in, the most likely one first.
  static func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat]
  static func exportName(_ state: State) -> String
  /// The content to export; nil if there is none yet.
  static func exported(as format: OutputFormat, _ state: State) -> Export.Content?
}

/// The field of a screen that printable keys go to.
package enum ScreenField: Sendable { case text, query }

extension ScreenLayer {
  package static var parts: [(name: String, meaning: String)] { [] }
  package static func isAvailable(_ binding: Binding, _ state: State) -> Bool { true }
  package static func field(_ state: State) -> ScreenField? { nil }
  package static func edit(
    _ state: inout State, _ edit: (inout TextEditor) -> TextEditor.Outcome
  ) { state.editText(edit) }

  package static func endTyping(_ state: inout State) {}
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
  package static func askOwnQuestions(_ state: inout State, _ effects: inout [Effect]) {}
  package static func askBesidePrediction(_ state: inout State, _ effects: inout [Effect]) {}
  package static func keepAnswers(_ state: inout State) {}
  package static func question(
    about classIndex: Int, _ state: State
  ) -> (any AskedQuestion)? { nil }
  package static func cancelQuestion(_ state: inout State) -> Bool { false }
  package static func requestExplanation(_ state: inout State, _ effects: inout [Effect]) {
    state.requestShownExplanation(&effects)
  }
  package static func needs(_ choice: ExplanationChoice, _ state: State) -> Bool {
    choice == state.choice
  }
  package static func unitsToRemove(_ state: State) -> (units: [HeatUnit], visible: [Int])? { nil }
  package static func wantedForTrust(_ state: State) -> Explanation? { nil }

  package static func spokenText(_ state: State) -> String { "" }
  package static var isAboutText: Bool { true }
  package static var showsMap: Bool { false }
  package static var zoom: WritableKeyPath<State, Bool>? { nil }
  package static func row(_ state: State) -> Int? { nil }
  package static func contrastNotice(_ state: State) -> String? { nil }
  package static func shellCommand(_ state: State) -> String? { nil }
  package static func reasonForNoShellCommand(_ state: State) -> String {
    "there is nothing yet that a command could print"
  }
  package static func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.screenFormats
  }
  package static func exportName(_ state: State) -> String { "\(Self.title.lowercased()).svg" }
  package static func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
    .picture(state.frameWithoutOverlay)
  }
}
