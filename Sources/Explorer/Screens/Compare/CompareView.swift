internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Draws the words as lines and the explanations as columns of bars.
struct CompareView {
  @Shared private var state: State
  private let layout: CompareLayout
  private let table: CompareTable

  init(_ state: State) {
    _state = Shared(wrappedValue: state)
    layout = CompareLayout(state)
    table = CompareTable(state)
  }

  func draw(on picture: inout Picture) {
    let inner = picture.frame.box(layout.table, title: title, note: note, isFocused: true)
    picture.mark(layout.table, as: .compare(.background))
    guard inner.size.rows > 2 else { return }
    guard !table.columns.isEmpty else {
      picture.frame.write(
        state.isOpening
          ? "The model is being opened." : "No model is open, so nothing can be explained.",
        at: inner.origin, style: Style(.dim),
        maxColumns: inner.size.columns, hasEllipsis: true)
      return
    }
    guard !state.document.isBlank else {
      picture.frame.write(
        "No text yet: i, then type one. Each word gets a row here, each explainer a column.",
        at: inner.origin, style: Style(.dim), maxColumns: inner.size.columns, hasEllipsis: true)
      return
    }
    drawHead(row: inner.origin.row, &picture)
    let rows = layout.tableRows
    let top = state.compareTop(table, rows: rows)
    for (line, unit) in table.lines.dropFirst(top).prefix(rows).enumerated() {
      draw(unit, row: inner.origin.row + 1 + line, inner, &picture)
    }
    let visible = top..<min(table.lines.count, top + rows)
    picture.frame.scrollMark(visible, of: table.lines.count, in: layout.table)
    let foot = inner.origin.row + inner.size.rows - 2
    for (line, entry) in [verdict, reading].enumerated() {
      picture.frame.write(
        entry.text, at: Position(column: inner.origin.column + 1, row: foot + line),
        style: Style(entry.role), maxColumns: inner.size.columns - 2, hasEllipsis: true)
    }
    if layout.kind == .wide || state.compare.drawer == .agreement {
      AgreementView(state: state, table: table, rect: layout.agreement).draw(on: &picture)
    }
    if layout.kind == .wide || state.compare.drawer == .faithfulness {
      FaithfulnessView(state: state, table: table, rect: layout.faithfulness).draw(on: &picture)
    }
  }

  private var title: String {
    guard let summary = state.summary, let target = state.targetClass else { return "Compare" }
    let method = summary.method(named: state.settings.method)?.card.title ?? state.settings.method
    let dot = state.signs.dot
    switch state.compare.columns {
    case .classes:
      let count = summary.classes.count
      let most = CompareScreen.mostClasses
      let classes = count > most ? "\(most) of \(Numerals.grouped(count))" : "the"
      return "Compare \(classes) classes \(dot) \(method)"
    case .models:
      return "Compare the models \(dot) \(method) \(state.signs.arrow) \(summary.className(target))"
    case .explainers: break
    }
    let name = "Compare \(state.signs.arrow) \(summary.className(target))"
    return state.targetProbability.map { name + " " + state.answer($0) } ?? name
  }

  private var note: String {
    let count = table.columns.count
    var parts: [String] = []
    if layout.visible.count < count {
      parts.append(
        "columns \(layout.visible.lowerBound + 1)-\(layout.visible.upperBound) of \(count)")
    }
    parts.append("scale: \(state.compare.hasSharedScale ? "one for all" : "each column")")
    parts.append("order: \(state.compare.order.words)")
    // The range of visible columns is dropped last.
    let room = layout.table.size.columns - 4 - DisplaySafe.columns(of: title) - 2 - 3
    while parts.count > 1, DisplaySafe.columns(of: parts.joined(separator: "  ")) > room {
      parts.removeLast()
    }
    return parts.joined(separator: "  ")
  }

  private func drawHead(row: Int, _ picture: inout Picture) {
    for index in layout.visible {
      let column = table.columns[index]
      let cell = layout.cell(index, row: row)
      let isAtCursor = index == state.compare.column
      var name =
        DisplaySafe.columns(of: column.title) + 3 <= cell.size.columns
        ? column.title : column.shortTitle
      if let reference = state.compare.reference, reference != index {
        name += " - \(table.columns[reference].shortTitle)"
      }
      picture.frame.write(
        (isAtCursor ? state.signs.chosen : " ") + name, at: cell.origin,
        style: Style(isAtCursor ? .title : .dim, isAtCursor ? .bold : []),
        maxColumns: cell.size.columns - 1, hasEllipsis: true)
      picture.mark(cell, as: .compare(.cell(unit: nil, column: index)))
    }
  }

  private func draw(_ unit: Int, row: Int, _ inner: Rect, _ picture: inout Picture) {
    let isAtCursor = unit == state.compare.unit
    let left = inner.origin.column
    let text = state.predictions.latest?.prediction.encoding.joinedTexts.joined ?? ""
    picture.frame.write(
      table.isDisputed(unit) ? "!" : " ", at: Position(column: left + 1, row: row),
      style: Style(.warning))
    picture.frame.write(
      "\(unit + 1)", endingBefore: Position(column: left + 5, row: row), style: Style(.dim))
    let letter = state.letter(of: table.units[unit])
    picture.frame.write(
      letter ?? "", at: Position(column: left + 6, row: row), style: Style(.key))
    let indent = letter == nil ? 6 : 8
    picture.frame.write(
      table.units[unit].word(in: text), at: Position(column: left + indent, row: row),
      maxColumns: layout.labelColumns - indent - 1, hasEllipsis: true)
    let line = row - inner.origin.row - 1
    for column in layout.visible { draw(unit, column, row, line: line, &picture) }
    let label = Rect(column: left, row: row, columns: layout.labelColumns - 1, rows: 1)
    picture.mark(
      Rect(column: left, row: row, columns: layout.labelColumns, rows: 1),
      as: .compare(.cell(unit: unit, column: nil)))
    if isAtCursor {
      picture.select(label)
      picture.frame.write(state.signs.chosen, at: Position(column: left, row: row))
    }
  }

  /// - Parameter line: the index among the visible lines; a column without scores shows the reason
  ///   from the first one on.
  private func draw(
    _ unit: Int, _ index: Int, _ row: Int, line: Int, _ picture: inout Picture
  ) {
    let column = table.columns[index]
    let cell = layout.cell(index, row: row)
    picture.mark(cell, as: .compare(.cell(unit: unit, column: index)))
    let columns = cell.size.columns - 2
    guard columns > 2 else { return }
    let start = Position(column: cell.origin.column + 1, row: row)
    if column.explanation?.map.units.element(at: unit)?.isOff == true,
      state.compare.columns == .models
    {
      picture.frame.write("not read", at: start, style: Style(.dim), maxColumns: columns)
      return
    }
    guard let share = table.share(unit, index) else {
      if let text = waiting(column).wrapped(columns: columns).element(at: line) {
        picture.frame.write(text, at: start, style: Style(.dim), maxColumns: columns)
      }
      return
    }
    let odd = columns - (columns + 1) % 2
    if column.isSigned || state.compare.reference.map({ $0 != index }) == true {
      picture.frame.signedBar(share, at: start, columns: odd)
    } else {
      let axis = Position(column: start.column + (odd - 1) / 2, row: row)
      picture.frame.write(picture.frame.isPlain ? "|" : "│", at: axis, style: Style(.dim))
      picture.frame.bar(
        share, at: Position(column: axis.column + 1, row: row), columns: (odd - 1) / 2,
        style: Style(.otherBar))
    }
  }

  private func waiting(_ column: CompareColumn) -> String {
    if let problem = column.problem { return problem }
    if !state.isFresh(column.choice.seat) { return "reading" }
    return state.explanations.job?.choice == column.choice ? "running" : "queued"
  }

  // MARK: The foot

  /// The columns for and against the word at the cursor, or the number of disputed words.
  private var verdict: (text: String, role: Role) {
    let unit = state.compare.unit
    guard let word = word(unit) else { return ("", .dim) }
    let votes = table.votes(unit)
    let names = { (columns: [Int]) in
      columns.map { table.columns[$0].shortTitle }.joined(separator: ", ")
    }
    if table.isDisputed(unit) {
      let most = max(votes.for.count, votes.against.count)
      let all = votes.for.count + votes.against.count
      return (
        "! disagreement: \"\(word)\" is + for \(names(votes.for)) and - for \(names(votes.against))"
          + " (sign agreement \(most)/\(all))", .warning
      )
    }
    let disputed = table.units.indices.filter { table.isDisputed($0) }.count
    if disputed > 0 {
      return (
        "\(disputed) of \(table.units.count) words \(disputed == 1 ? "is" : "are") disputed (n)",
        .notice
      )
    }
    // Columns for different classes are expected to differ.
    return table.columns.allSatisfy(\.isOfOneClass)
      && table.columns.contains { $0.explanation != nil }
      ? ("no word is disputed", .dim) : ("", .dim)
  }

  private var reading: (text: String, role: Role) {
    let (unit, column) = (state.compare.unit, state.compare.column)
    guard let word = word(unit), let entry = table.columns.element(at: column) else {
      return ("", .dim)
    }
    var parts = ["\(entry.title)  \"\(word)\""]
    if let score = table.score(unit, column) {
      parts.append(Numerals.score(score, isSigned: entry.isSigned))
    }
    if entry.choice.seat == .main, let pieces = table.units.element(at: unit)?.pieces,
      let now = state.predictions.latest?.prediction.probabilities.element(
        at: entry.choice.classIndex),
      let without = state.removals.probabilities[pieces]?.element(at: entry.choice.classIndex)
    {
      parts.append(
        "\(state.isRegression ? "value" : "p") \(state.change(from: now, to: without)) without it")
    }
    return (parts.joined(separator: "  "), .text)
  }

  private func word(_ unit: Int) -> String? {
    guard let text = state.predictions.latest?.prediction.encoding.joinedTexts.joined else {
      return nil
    }
    return table.units.element(at: unit)?.word(in: text).trimmed(to: 24, state.signs.ellipsis)
  }
}
