package import Reports
package import TerminalUI
package import Workbench

/// The Log screen, which lists what happened and what it cost.
package struct LogScreen: ScreenLayer {
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

  /// The first visible entry, counting those that were dropped; nil follows the newest.
  fileprivate var top: Int?

  package init() {}

  package static func contexts(_ state: State) -> [Binding.Context] { Self.chains[0] }

  package static func move(
    _ movement: Movement, _ state: inout State, _ effects: inout [Effect]
  ) { state.moveInJournal(movement) }

  package static func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State
  ) {
    for _ in 0..<abs(rows) { state.moveInJournal(rows < 0 ? .up : .down) }
  }

  package static func copied(_ state: State, as form: CopyForm) -> Copied? {
    form.copy(of: state.journalTable, painted: state.bareFrame)
  }

  package static func draw(_ state: State, on picture: inout Picture) {
    JournalView(state).draw(on: &picture)
  }

  package static func shellCommand(_ state: State) -> String? { state.commandOfExplanation }

  package static func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.tableFormats + catalog.screenFormats
  }

  package static func exportName(_ state: State) -> String { "log.csv" }

  package static func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
    format.table == nil ? .picture(state.bareFrame) : .table(state.journalTable)
  }
}

extension State {
  /// The index of the first visible entry.
  func firstEntry(rows: Int) -> Int {
    let last = max(0, journal.entries.count - rows)
    return self[LogScreen.self].top.map { max(0, min($0 - journal.droppedCount, last)) } ?? last
  }

  fileprivate mutating func moveInJournal(_ movement: Movement) {
    let rows = JournalView(self).rows
    let last = max(0, journal.entries.count - rows)
    let target = moved(firstEntry(rows: rows), movement, count: last + 1, page: rows)
    self[LogScreen.self].top = target >= last ? nil : target + journal.droppedCount
  }

  fileprivate var journalTable: ExportedTable {
    ExportedTable(
      title: "Log", header: ["seconds", "kind", "text"],
      rows: journal.entries.map {
        [Numerals.fixed(Float($0.seconds), 3), $0.kind.rawValue, $0.text]
      })
  }
}

extension Screen {
  static let journal = Screen(rawValue: 4)
}

extension Binding.Context {
  fileprivate static let journal = Self("On Log")
}
