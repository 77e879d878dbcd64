package import Reports
package import TerminalUI
package import Workbench

/// The Log screen, which lists what happened and what it cost.
package struct LogScreen: ScreenLayer {
  package static let screen = Screen.journal
  package static let title = "Log"
  package static let summary = "what happened, and its cost"

  package static let chains: [[Binding.Context]] = [
    [.journal, .across, .commands, .screen, .otherScreens, .always]
  ]

  package static let bindings: [Binding] = [
    Binding(
      [Key(.enter)], .journal, .act(.readEntry), "read the whole text of the selected entry",
      hint: "read", rank: 10),
    Binding(
      [.char("f")], .journal, .move(.last), "follow the newest entry", hint: "follow", rank: 10),
    Binding(
      [.char("y")], .journal, .act(.copyFocus), "copy the table; again: in another form",
      hint: "copy", rank: 11),
  ]

  /// The selection and the scroll position, counting the entries that were dropped.
  fileprivate var list = ListScroll()
  /// Whether the selection follows the newest entry.
  fileprivate var isFollowing = true
  /// The number of columns that each line is scrolled to the left.
  fileprivate var left = 0

  package init() {}

  package static func contexts(_ state: State) -> [Binding.Context] { Self.chains[0] }

  package static func move(
    _ movement: Movement, _ state: inout State, _ effects: inout [Effect]
  ) {
    switch movement {
    case .left: state.scrollJournal(across: -step)
    case .right: state.scrollJournal(across: step)
    default: state.moveInJournal(movement)
    }
  }

  /// The number of columns that a key scrolls.
  private static let step = 16

  package static func press(
    _ target: Picture.Target, at position: Position, in picture: Picture, _ state: inout State
  ) {
    if case .entry(let entry)? = target.own(LogTarget.self) { state.selectInJournal(entry) }
  }

  package static func command(ofDoubleClickOn target: Picture.Target) -> Command? {
    if case .entry? = target.own(LogTarget.self) { .act(.readEntry) } else { nil }
  }

  package static func scroll(
    by rows: Int, at position: Position, in picture: Picture, _ state: inout State
  ) { state.scrollJournal(by: rows) }

  package static func copied(_ state: State, as form: CopyForm) -> Copied? {
    form.copy(of: state.journalTable, painted: state.frameWithoutOverlay)
  }

  package static func draw(_ state: State, on picture: inout Picture) {
    JournalView(state).draw(on: &picture)
  }

  package static func shellCommand(_ state: State) -> String? { state.commandOfExplanation() }

  package static func exportFormats(_ catalog: OutputCatalog) -> [OutputFormat] {
    catalog.tableFormats + catalog.screenFormats
  }

  package static func exportName(_ state: State) -> String { "log.csv" }

  package static func exported(as format: OutputFormat, _ state: State) -> Export.Content? {
    format.table == nil ? .picture(state.frameWithoutOverlay) : .table(state.journalTable)
  }
}

/// What is under the mouse on Log.
enum LogTarget: ScreenTarget {
  /// The index of an entry among those that were kept.
  case entry(Int)

  package func jump(at position: Position, in picture: Picture) -> JumpKind? { .line }
}

extension State {
  /// The visible entries and the selected one, by their indices among those that were kept.
  func entriesInSight(rows: Int) -> (visible: Range<Int>, selected: Int) {
    let list = journalList(rows: rows)
    let visible = list.visible(count: journalCount, rows: rows)
    let gone = journal.droppedCount
    return (visible.lowerBound - gone..<visible.upperBound - gone, list.selection - gone)
  }

  /// The number of columns that lines are scrolled to the left, given the length of the longest.
  func journalLeft(longest: Int, columns: Int) -> Int {
    max(0, min(self[LogScreen.self].left, longest - columns))
  }

  private var journalCount: Int { journal.droppedCount + journal.entries.count }

  /// The list without the entries that were dropped.
  private func journalList(rows: Int) -> ListScroll {
    let log = self[LogScreen.self]
    var list = log.list
    let item = log.isFollowing ? journalCount - 1 : max(list.selection, journal.droppedCount)
    list.select(item, count: journalCount, rows: rows)
    let gone = journal.droppedCount - list.first
    if gone > 0 { list.scroll(by: gone, count: journalCount, rows: rows) }
    return list
  }

  private mutating func changeJournalList(_ change: (inout ListScroll, _ rows: Int) -> Void) {
    let rows = JournalView(self).rows
    var list = journalList(rows: rows)
    change(&list, rows)
    self[LogScreen.self].list = list
    self[LogScreen.self].isFollowing = list.selection >= journalCount - 1
  }

  fileprivate mutating func selectInJournal(_ entry: Int) {
    let (item, count) = (journal.droppedCount + entry, journalCount)
    changeJournalList { list, rows in list.select(item, count: count, rows: rows) }
  }

  fileprivate mutating func moveInJournal(_ movement: Movement) {
    let rows = JournalView(self).rows
    let selected = entriesInSight(rows: rows).selected
    selectInJournal(moved(selected, movement, count: journal.entries.count, page: rows))
  }

  fileprivate mutating func scrollJournal(by lines: Int) {
    let count = journalCount
    changeJournalList { list, rows in list.scroll(by: lines, count: count, rows: rows) }
  }

  fileprivate mutating func scrollJournal(across columns: Int) {
    let view = JournalView(self)
    let left = journalLeft(longest: view.longest, columns: view.textColumns)
    self[LogScreen.self].left = left + columns
    self[LogScreen.self].left = journalLeft(longest: view.longest, columns: view.textColumns)
  }

  fileprivate var journalTable: ExportedTable {
    ExportedTable(
      title: "Log", header: ["time", "seconds", "kind", "text"],
      rows: journal.entries.map {
        ["\($0.time)", Numerals.fixed(Float($0.seconds), 3), $0.kind.rawValue, $0.text]
      })
  }
}

extension Action {
  fileprivate static let readEntry = Action("read entry") { state, _ in
    let selected = state.entriesInSight(rows: JournalView(state).rows).selected
    guard let entry = state.journal.entries.element(at: selected) else { return }
    state.overlay = Card(content: .entry(entry))
  }
}

extension Screen {
  static let journal = Screen(rawValue: 4)
}

extension Binding.Context {
  fileprivate static let journal = Self("On Log")
}
