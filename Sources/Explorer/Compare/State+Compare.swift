internal import Attribution
internal import Classifiers
internal import TerminalUI
internal import Tokenizers

/// What the keys do on the Compare screen.
extension State {
  mutating func openCompare() {
    guard compare.methods == nil, let summary else { return }
    let applicable = summary.methods.filter { $0.reasonNotApplicable == nil }.map(\.card.name)
    let usual = CompareScreen.usual.filter(applicable.contains)
    compare.methods = ([method] + usual).filter(applicable.contains).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
    if focus != .editor, let unit = lookedAtUnit { compare.unit = unit }
  }

  /// The cursor is inside of what there is.
  mutating func fitCompare() {
    guard screen == .compare else { return }
    openCompare()
    let table = CompareTable(self)
    compare.column = max(0, min(compare.column, table.columns.count - 1))
    compare.unit = max(0, min(compare.unit, table.units.count - 1))
    if let reference = compare.reference, reference >= table.columns.count {
      compare.reference = nil
    }
  }

  mutating func moveInCompare(_ movement: Movement) {
    let table = CompareTable(self)
    switch movement {
    case .left, .right:
      compare.column = moved(compare.column, movement, count: table.columns.count, page: 1)
    default:
      let line = table.lines.firstIndex(of: compare.unit) ?? 0
      let page = CompareLayout(self).tableRows
      let target = moved(line, movement, count: table.lines.count, page: page)
      if let unit = table.lines.element(at: target) { compare.unit = unit }
    }
    compare.top = nil
  }

  /// To the next word, in the order of the lines, that columns dispute.
  mutating func moveToDispute(by step: Int) {
    let table = CompareTable(self)
    let count = table.lines.count
    let start = table.lines.firstIndex(of: compare.unit) ?? 0
    let lines = (0..<count).lazy.map { ((start + step * ($0 + 1)) % count + count) % count }
    guard let found = lines.map({ table.lines[$0] }).first(where: { table.isDisputed($0) }) else {
      message = Message(kind: .notice, text: "no word is painted for by one and against by another")
      return
    }
    compare.unit = found
    compare.top = nil
  }

  mutating func performOnCompare(_ command: Command) {
    let column = compareColumns.element(at: compare.column)
    switch command {
    case .toggleScale:
      compare.hasSharedScale.toggle()
      say(compare.hasSharedScale ? "scale: one for all signed columns" : "scale: each column's own")
    case .toggleSort:
      let orders = CompareScreen.Order.allCases
      let index = orders.firstIndex(of: compare.order) ?? 0
      compare.order = orders[(index + 1) % orders.count]
      compare.top = nil
      say("order: \(compare.order.words)")
    case .toggleDifference:
      let isOff = compare.reference == compare.column || column == nil
      compare.reference = isOff ? nil : compare.column
      say(
        isOff
          ? "scores as they are"
          : "the other columns less \(column?.title ?? ""), in shares of the scale")
    case .toggleColumns:
      cycleColumns()
    case .toggleDrawer:
      compare.drawer = compare.drawer == .agreement ? .league : .agreement
    case .nextDispute: moveToDispute(by: 1)
    case .previousDispute: moveToDispute(by: -1)
    case .computeAgain:
      guard let column, column.problem == nil || ended[column.choice] != nil else { return }
      explanations[column.choice] = nil
      ended[column.choice] = nil
      measured.remove(column.choice)
      if job?.choice == column.choice { job = nil }
      say("\(column.title) is computed again")
    case .open:
      guard let column else { return }
      guard column.choice.seat == .main else {
        say("Explore shows \(summary?.name ?? ""); O opens another model there")
        return
      }
      choose(explainer: column.choice.method)
      if compare.columns == .classes { choose(classIndex: column.choice.classIndex) }
      selectedUnit = compare.unit
      leaveEditor(to: .heatmap)
      selectedUnit = compare.unit
      screen = .explore
    case .removeColumn: removeColumn()
    default: break
    }
  }

  /// Takes the column at the cursor away; the last one stays.
  private mutating func removeColumn() {
    if compare.columns == .models { return closeOther() }
    guard compare.columns == .explainers, let methods = compare.methods, methods.count > 1,
      methods.indices.contains(compare.column)
    else {
      say("the last column stays")
      return
    }
    compare.methods?.remove(at: compare.column)
    compare.reference = nil
    compare.column = min(compare.column, methods.count - 2)
  }

  /// Adds an explainer as the last column, or takes it away.
  mutating func toggleColumn(of name: String) {
    guard let entry = summary?.method(named: name) else { return }
    if let reason = entry.reasonNotApplicable {
      message = Message(kind: .warning, text: "\(entry.card.title) \(reason)")
      return
    }
    compare.columns = .explainers
    compare.reference = nil
    if let index = compare.methods?.firstIndex(of: name) {
      if compare.methods?.count ?? 0 > 1 { compare.methods?.remove(at: index) }
    } else {
      compare.methods?.append(name)
      compare.column = (compare.methods?.count ?? 1) - 1
    }
  }

  /// The table as text, a line a word, for a spreadsheet.
  var compareAsText: String {
    let table = CompareTable(self)
    guard let text = prediction?.prediction.encoding.text else { return "" }
    let heads = table.columns.map {
      compare.columns == .explainers ? $0.choice.method : $0.title
    }
    var lines = [(["#", "token"] + heads).joined(separator: "\t")]
    for unit in table.lines {
      let scores = table.columns.indices.map { column in
        table.score(unit, column).map { Numerals.plain($0) } ?? ""
      }
      let word = table.units[unit].word(in: text).filter { $0 != "\t" && !$0.isNewline }
      lines.append((["\(unit + 1)", word] + scores).joined(separator: "\t"))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension CompareScreen.Order {
  var words: String {
    switch self {
    case .text: "as in the text"
    case .score: "by |score| of the column"
    case .disagreement: "by disagreement"
    }
  }
}
