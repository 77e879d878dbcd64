package import Attribution
package import TerminalUI

/// A dialog above the screen that receives all keys; at most one is open. It stores what is typed
/// and selected in it, and changes everything else through the state that is passed to it.
///
/// While it handles an event, it is not part of the state, so that it can open another overlay in
/// its place.
package protocol Overlay: Sendable {
  /// The keys that work only in the overlay, and those that open it from every screen. A key that
  /// opens it from one screen only is among that screen's keys.
  static var bindings: [Binding] { get }
  /// The combinations of key tables that can be active while it is open.
  static var chains: [[Binding.Context]] { get }

  /// The key tables that are active while it is open, in order of precedence.
  var contexts: [Binding.Context] { get }
  /// Whether it has a text field for printable keys.
  var acceptsText: Bool { get }
  /// Whether it must be answered: nothing else closes it, and no hints are shown.
  var isQuestion: Bool { get }

  /// Handles a key before it becomes a command; nil passes it on to the tables and the field.
  mutating func handle(
    _ key: Key, as command: Command?, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome?
  /// Inserts text into its field, as typed.
  mutating func type(_ text: String)
  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome)
  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect])
  /// Tab.
  mutating func complete(_ state: State)
  /// The hint row's word for what Tab does now; nil if it does nothing.
  func hintOfTab(_ state: State) -> String?
  /// The hint row's word for what Enter does now; nil if it does nothing.
  func hintOfEnter(_ state: State) -> String?
  /// Whether the key would have an effect now; if not, it is not offered.
  func isAvailable(_ binding: Binding, _ state: State) -> Bool
  /// `/`.
  mutating func startFilter()
  /// Enter.
  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome
  /// Esc: undoes what was only previewed.
  mutating func cancel(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome
  /// Handles a click on a line of its list.
  mutating func press(
    line: Int, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome

  /// The beginning of a path whose completions it shows.
  var incompletePath: String? { get }
  mutating func receive(_ found: [PathCompletion])
  /// The question that it has for the model; nil if it has none.
  func question(about text: EditedText) -> (any AskedQuestion)?

  func draw(_ state: State, on picture: inout Picture)
}

/// Whether an overlay stays open after an event.
package enum OverlayOutcome: Sendable { case stays, closes }

extension Overlay {
  package static var bindings: [Binding] { [] }
  package static var chains: [[Binding.Context]] { [listOfTyped] }

  /// The tables of a list that is filtered by typing.
  package static var listOfTyped: [Binding.Context] { [.list, .completion, .text, .always] }
  /// The tables of a list to choose from.
  package static var listOfChoices: [Binding.Context] { [.list, .always] }

  package var contexts: [Binding.Context] { Self.listOfTyped }
  package var acceptsText: Bool { false }
  package var isQuestion: Bool { false }

  package mutating func handle(
    _ key: Key, as command: Command?, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome? { nil }
  package mutating func type(_ text: String) { edit { $0.type(text) } }
  package mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {}
  package mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect])
  {}
  package mutating func complete(_ state: State) {}
  package func hintOfTab(_ state: State) -> String? { nil }
  package func hintOfEnter(_ state: State) -> String? { "use" }
  package func isAvailable(_ binding: Binding, _ state: State) -> Bool { true }
  package mutating func startFilter() {}
  package mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    .closes
  }
  package mutating func cancel(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    .closes
  }
  package mutating func press(
    line: Int, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome { .stays }

  package var incompletePath: String? { nil }
  package mutating func receive(_ found: [PathCompletion]) {}
  package func question(about text: EditedText) -> (any AskedQuestion)? { nil }
}

extension Overlay {
  /// The note on a prompt's border: `Tab completes  Enter opens`.
  func note(_ enter: String, _ state: State) -> String {
    let tab =
      switch hintOfTab(state) {
      case nil: ""
      case "complete"?: "Tab completes  "
      case let word?: "Tab \(word)  "
      }
    return tab + "Enter \(enter)"
  }
}
