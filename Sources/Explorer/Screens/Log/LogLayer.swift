package import Reports
package import TerminalUI
package import Workbench

/// The screen of what happened, and what it cost.
package struct LogLayer: ScreenLayer {
  package static let screen = Screen.journal
  package static let title = "Log"
  package static let summary = "what happened, and its cost"

  package static let chains: [[Binding.Context]] = [
    [.journal, .across, .commands, .screen, .always]
  ]

  package static let bindings: [Binding] = [
    Binding([.char("f")], .journal, .move(.last), "follow the newest", hint: "follow", rank: 10),
    Binding(
      [.char("y")], .journal, .act(.copyFocus), "copy the table; again: in another form",
      hint: "copy", rank: 11),
  ]

  package init() {}

  package func contexts(_ state: State) -> [Binding.Context] { Self.chains[0] }

  package mutating func move(
    _ movement: Movement, _ state: inout State, _ effects: inout [Effect]
  ) { state.moveInJournal(movement) }

  package mutating func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State
  ) {
    for _ in 0..<abs(rows) { state.moveInJournal(rows < 0 ? .up : .down) }
  }

  package func copied(_ state: State, as form: CopyForm) -> Copied? {
    form.copy(of: state.journalTable, painted: state.bareFrame)
  }

  package func draw(_ state: State, on picture: inout Picture) {
    JournalView(state).draw(on: &picture)
  }

  package func shellCommand(_ state: State) -> String? { state.commandOfExplanation }

  package func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.tableFormats + catalog.screenFormats
  }

  package func exportName(_ state: State) -> String { "log.csv" }

  package func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
    format.table == nil ? .picture(state.bareFrame) : .table(state.journalTable)
  }
}

extension Screen {
  static let journal = Screen(rawValue: 4)
}

extension Binding.Context {
  fileprivate static let journal = Self("On Log")
}
