internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The effects of the keys on the Compare screen.
extension State {
  mutating func openCompare() {
    moveToStrongestWord()
    guard compare.methods == nil, let summary else { return }
    let applicable = summary.methods.filter { $0.reasonNotApplicable == nil }.map(\.card.name)
    let usual = CompareScreen.usual.filter(applicable.contains)
    compare.methods = ([settings.method] + usual).filter(applicable.contains).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// On a text that has not been compared yet, puts the cursor on the word with the largest score.
  private mutating func moveToStrongestWord() {
    guard compare.edition != document.edition, isPredictionFresh else { return }
    compare.top = nil
    compare.unit = 0
    let ready = isShownStale ? compareColumns.first?.explanation : explanations.shown
    guard let first = ready?.map.ranking.first else { return }
    (compare.unit, compare.edition) = (first, document.edition)
  }

  /// Keeps the cursor within the table.
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

  /// Requests the explanations of the columns, one after another.
  mutating func requestColumn(_ effects: inout [Effect]) {
    guard isPredictionFresh, choice != nil, explanations.job == nil, let wanted = wantedForCompare,
      !isTooLong || explanations.forced.contains(wanted)
    else {
      return
    }
    begin(wanted, &effects)
  }

  mutating func moveInCompare(_ movement: Movement) {
    let table = CompareTable(self)
    compare.edition = document.edition
    switch movement {
    case .left, .right:
      compare.column = moved(compare.column, movement, count: table.columns.count, page: 1)
    default:
      let line = table.lines.firstIndex(of: compare.unit) ?? 0
      let rows = CompareLayout(self).tableRows
      let target = moved(line, movement, count: table.lines.count, page: rows)
      guard let unit = table.lines.element(at: target) else { return }
      // Scrolls no further than needed to show the cursor.
      let top = compareTop(table, rows: rows)
      compare.top = min(target, max(top, target - rows + 1))
      compare.unit = unit
    }
  }

  /// Moves to the next disputed word in the order of the lines.
  mutating func moveToDispute(by step: Int) {
    let table = CompareTable(self)
    let count = table.lines.count
    let start = table.lines.firstIndex(of: compare.unit) ?? 0
    let lines = (0..<count).lazy.map { ((start + step * ($0 + 1)) % count + count) % count }
    guard let found = lines.map({ table.lines[$0] }).first(where: { table.isDisputed($0) }) else {
      message = Message(kind: .notice, text: "no word is disputed")
      return
    }
    (compare.unit, compare.edition) = (found, document.edition)
    compare.top = nil
  }

  mutating func toggleSharedScale() {
    compare.hasSharedScale.toggle()
    say(compare.hasSharedScale ? "scale: one for all signed columns" : "scale: each column's own")
  }

  mutating func changeWordOrder() {
    compare.cycleOrder()
    say("order: \(compare.order.words)")
  }

  mutating func toggleDifference() {
    let column = compareColumns.element(at: compare.column)
    let isOff = compare.reference == compare.column || column == nil
    compare.reference = isOff ? nil : compare.column
    say(isOff ? "scores instead of differences" : "difference to \(column?.title ?? "")")
  }

  mutating func explainColumnAgain() {
    guard let column = compareColumns.element(at: compare.column),
      column.problem == nil || explanations.ended[column.choice] != nil
    else { return }
    explanations.results[column.choice] = nil
    explanations.ended[column.choice] = nil
    trust.measureAgain(column.choice)
    if explanations.job?.choice == column.choice { explanations.job = nil }
    say("recomputing \(column.title)")
  }

  /// Opens Explore with the column's explainer and the word at the cursor.
  mutating func openColumn() {
    guard let column = compareColumns.element(at: compare.column) else { return }
    guard column.choice.seat == .main else {
      return say("Explore shows \(summary?.name ?? ""); O opens another model there")
    }
    choose(explainer: column.choice.method)
    if compare.columns == .classes { choose(classIndex: column.choice.classIndex) }
    enter(catalog.first.screen)
    catalog.first.showMap(at: .unit(compare.unit), &self)
  }

  /// Undo (u) and redo (Ctrl-R) on Compare.
  mutating func stepThroughColumns(_ command: EditorCommand) {
    let present = chosenColumns
    let found =
      command == .undo
      ? compare.columnSteps.undo { _ in present } : compare.columnSteps.redo { _ in present }
    guard let found else {
      return say(command == .undo ? "no column change to undo" : "no column change to redo")
    }
    chosenColumns = found
    say(command == .undo ? "column change undone" : "column change redone")
  }

  /// Moves to the next column; on x and Ctrl-X if the columns are explainers.
  mutating func cycleColumn(by step: Int) {
    let count = compareColumns.count
    guard count > 0 else { return }
    compare.column = (compare.column + step + count) % count
  }

  /// Removes the column at the cursor; the last one stays.
  mutating func removeColumn() {
    let before = chosenColumns
    if compare.columns == .models {
      guard secondModel != nil else { return }
      compare.columnSteps.keep(before)
      return closeOther()
    }
    guard compare.columns == .explainers, let methods = compare.methods, methods.count > 1,
      methods.indices.contains(compare.column)
    else {
      say("the last column can't be removed")
      return
    }
    compare.columnSteps.keep(before)
    let column = compare.column
    compare.methods?.remove(at: column)
    compare.reference = nil
    let title = summary?.method(named: methods[column])?.card.title ?? ""
    compare.column = min(column, methods.count - 2)
    say("\(title) removed; u restores it")
  }

  /// Adds an explainer as the last column, or removes its column.
  mutating func toggleColumn(of name: String) {
    guard let entry = summary?.method(named: name) else { return }
    if let reason = entry.reasonNotApplicable {
      message = Message(kind: .warning, text: "\(entry.card.title) \(reason)")
      return
    }
    compare.columnSteps.keep(chosenColumns)
    compare.columns = .explainers
    compare.reference = nil
    if let index = compare.methods?.firstIndex(of: name) {
      if compare.methods?.count ?? 0 > 1 { compare.methods?.remove(at: index) }
    } else {
      compare.methods?.append(name)
      compare.column = (compare.methods?.count ?? 1) - 1
    }
  }

  private var comparisonTitle: String {
    let text = predictions.latest?.prediction.encoding.joinedTexts.line ?? ""
    return text.count > 80 ? text.prefix(80) + "…" : text
  }

  /// The table with one line per word; nil before there is a prediction.
  var comparison: ExportedTable? {
    let table = CompareTable(self)
    guard let text = predictions.latest?.prediction.encoding.joinedTexts.joined else { return nil }
    let heads = table.columns.map {
      compare.columns == .explainers ? $0.choice.method : $0.title
    }
    let rows = table.lines.map { unit in
      let scores = table.columns.indices.map { column in
        table.score(unit, column).map { Numerals.plain($0) } ?? ""
      }
      return ["\(unit + 1)", table.units[unit].word(in: text)] + scores
    }
    return ExportedTable(title: comparisonTitle, header: ["#", "token"] + heads, rows: rows)
  }
}

extension CompareScreen.Order {
  var words: String {
    switch self {
    case .text: "text"
    case .score: "|score| of the column"
    case .disagreement: "disagreement"
    }
  }
}
