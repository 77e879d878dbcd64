package import Reports
package import TerminalUI
package import Workbench

/// A screen that fills the window and has a key of its own: which keys it handles, which computations
/// it needs, and how it is drawn. What several screens use, and what background work changes, is in the
/// state; what belongs to one screen alone can be a property of its layer.
///
/// While a layer handles an event, the state still holds the layer as it was before.
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

  init()

  // MARK: Keys

  /// The active key tables: one of the chains.
  func contexts(_ state: State) -> [Binding.Context]
  /// Whether the key would do something now; if not, it is not offered.
  func isOfUse(_ binding: Binding, _ state: State) -> Bool
  /// The text that printable keys go into; nil where they are commands.
  func field(_ state: State) -> ScreenField?
  mutating func edit(_ state: inout State, _ edit: (inout TextEditor) -> TextEditor.Outcome)
  /// Enter in the field: takes what is offered for its text; false where nothing is.
  mutating func takeOffer(_ state: inout State) -> Bool

  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect])
  /// Tab.
  mutating func changePane(by step: Int, _ state: inout State)
  /// Undo and redo of what is changed here.
  mutating func step(_ command: EditorCommand, _ state: inout State, _ effects: inout [Effect])
  /// Ctrl-X and Ctrl-T, where they mean something else here; false leaves them as they are.
  mutating func changeExplainer(by step: Int, _ state: inout State) -> Bool
  mutating func changeClass(by step: Int, _ state: inout State) -> Bool
  /// The forms that what has the focus can be copied in, the likeliest first.
  func copyForms(_ state: State) -> [CopyForm]
  /// What has the focus; nil where there is nothing yet.
  func copied(_ state: State, as form: CopyForm) -> Copied?

  // MARK: Appearing and disappearing

  mutating func appear(_ state: inout State)
  /// The screen above it was left.
  mutating func reappear(_ state: inout State)
  /// Esc and `q` close a part of it first; false where none is open.
  mutating func closePart(_ state: inout State) -> Bool
  /// Esc goes to the screen before, whatever runs.
  var isLeftBeforeJobsAreStopped: Bool { get }
  /// Stops its own work; false where nothing runs.
  mutating func stopJob(_ state: inout State, _ effects: inout [Effect]) -> Bool

  // MARK: The mouse

  mutating func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State)
  mutating func drag(to position: Position, in picture: Picture, _ state: inout State)
  mutating func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State)

  // MARK: What is computed

  /// Requests the explanation that is needed next.
  mutating func wantExplanation(_ state: inout State, _ effects: inout [Effect])
  /// Whether a job for this choice may go on.
  func needs(_ choice: ExplanationChoice, _ state: State) -> Bool
  /// The words whose removal is shown: all units, and the indices of those in sight.
  func unitsToRemove(_ state: State) -> (units: [HeatUnit], visible: [Int])?
  /// The visible explanation to be measured next.
  func wantedForTrust(_ state: State) -> Explanation?

  // MARK: What is shown

  func draw(_ state: State, on picture: inout Picture)
  /// What a screen reader reads out.
  func inWords(_ state: State) -> String
  /// The text in the editor is what it is about.
  var isAboutText: Bool { get }
  /// The map over that text is in sight, and with it what stands beside it: findings, the token that is
  /// looked at, the row of a data set that the text came from.
  var showsMap: Bool { get }
  /// Whether one pane of it fills the window; nil where none can.
  var zoom: WritableKeyPath<State, Bool>? { get }
  /// The row of the data set that it is about; nil where there is none.
  func row(_ state: State) -> Int?
  /// What is said when a class is set against another, or no longer; nil where that is said of the
  /// editor's text.
  func contrastNotice(_ state: State) -> String?
  /// The command that prints the same.
  func shellCommand(_ state: State) -> String?
  /// Why there is none.
  func reasonForNoShellCommand(_ state: State) -> String
  /// What it can be written as, the likeliest first.
  func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat]
  func exportName(_ state: State) -> String
  /// nil where there is nothing to write yet.
  func exported(as format: OutputFormat, _ state: State) -> Export.Content?
}

/// Where printable keys go on a screen.
package enum ScreenField: Sendable { case text, query }

extension ScreenLayer {
  package static var parts: [(name: String, meaning: String)] { [] }
  package func isOfUse(_ binding: Binding, _ state: State) -> Bool { true }
  package func field(_ state: State) -> ScreenField? { nil }
  package mutating func edit(
    _ state: inout State, _ edit: (inout TextEditor) -> TextEditor.Outcome
  ) { state.editText(edit) }

  package mutating func takeOffer(_ state: inout State) -> Bool { false }

  package mutating func move(
    _ movement: Movement, _ state: inout State, _ effects: inout [Effect]
  ) {}
  package mutating func changePane(by step: Int, _ state: inout State) {}
  package mutating func step(
    _ command: EditorCommand, _ state: inout State, _ effects: inout [Effect]
  ) { state.stepThroughHistory(command) }
  package mutating func changeExplainer(by step: Int, _ state: inout State) -> Bool { false }
  package mutating func changeClass(by step: Int, _ state: inout State) -> Bool { false }
  package func copyForms(_ state: State) -> [CopyForm] { [.table, .text, .colours] }
  package func copied(_ state: State, as form: CopyForm) -> Copied? { nil }

  package mutating func appear(_ state: inout State) {}
  package mutating func reappear(_ state: inout State) {}
  package mutating func closePart(_ state: inout State) -> Bool { false }
  package var isLeftBeforeJobsAreStopped: Bool { false }
  package mutating func stopJob(_ state: inout State, _ effects: inout [Effect]) -> Bool { false }

  package mutating func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State
  ) {}
  package mutating func drag(to position: Position, in picture: Picture, _ state: inout State) {}
  package mutating func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State
  ) {}

  package mutating func wantExplanation(_ state: inout State, _ effects: inout [Effect]) {
    state.wantShownExplanation(&effects)
  }
  package func needs(_ choice: ExplanationChoice, _ state: State) -> Bool {
    choice == state.choice
  }
  package func unitsToRemove(_ state: State) -> (units: [HeatUnit], visible: [Int])? {
    state.shownUnitsToRemove
  }
  package func wantedForTrust(_ state: State) -> Explanation? { nil }

  package func inWords(_ state: State) -> String { "" }
  package var isAboutText: Bool { true }
  package var showsMap: Bool { false }
  package var zoom: WritableKeyPath<State, Bool>? { nil }
  package func row(_ state: State) -> Int? { nil }
  package func contrastNotice(_ state: State) -> String? { nil }
  package func shellCommand(_ state: State) -> String? { nil }
  package func reasonForNoShellCommand(_ state: State) -> String {
    "nothing is on the screen yet that a command prints"
  }
  package func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.screenFormats
  }
  package func exportName(_ state: State) -> String { "\(Self.title.lowercased()).svg" }
  package func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
    .picture(state.bareFrame)
  }
}
