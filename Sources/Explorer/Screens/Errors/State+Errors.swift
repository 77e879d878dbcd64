internal import Classifiers
package import Datasets
internal import Reports
internal import TerminalUI
internal import Tokenizers
package import Workbench

/// The behaviour of the Errors screen.
extension State {
  /// Stores a view of the rows. The cursor stays on its row.
  fileprivate mutating func receive(_ view: ExampleView, to request: ViewRows.View) {
    let isSameQuestion =
      dataset.rows.viewed.map {
        ($0.query, $0.order, $0.isReversed) == (request.query, request.order, request.isReversed)
      } ?? false
    let row = selectedRow
    dataset.rows.receive(view, to: request, of: dataset.table)
    // With growing data the cursor stays on its row; another query or order begins at the first
    // row.
    let wasAtTop = errors.list.selection == 0
    let place = isSameQuestion && !wasAtTop ? row.flatMap { view.rows.firstIndex(of: $0) } : nil
    goToRow(at: place ?? 0)
    findAwaitedRow()
  }

  /// Requests the view and the report again if the query, the order or the rows have changed; while
  /// rows are added, only each time that their number has grown by a tenth.
  mutating func settleErrors(_ effects: inout [Effect]) {
    guard let count = dataset.table?.count, count > 0 else { return }
    settleWords(&effects)
    settleContrast(&effects)
    guard let table = dataset.table else { return }
    let isGrowing = dataset.status == .scoring
    func isOld(_ rows: Int) -> Bool {
      isGrowing ? table.count * 10 >= rows * 11 : table.count != rows
    }
    let known = knownRows
    func isOld(known rows: Int) -> Bool {
      errors.isFindingOut ? known * 10 > rows * 11 : known != rows
    }
    let wanted = ViewRows.View(
      query: dataset.rows.query, order: dataset.rows.order, isReversed: dataset.rows.isReversed,
      annotations: dataset.notes.annotations, rows: table.count, known: known,
      hasParts: table.parts != nil)
    let last = dataset.rows.requested
    let isSame = last.map { last in
      var view = last
      (view.rows, view.known) = (wanted.rows, wanted.known)
      return view == wanted
    }
    let isOldAnswer = isOld(last?.rows ?? 0) || isOld(known: last?.known ?? 0)
    if isSame != true || (!asked.isOpen(.view) && isOldAnswer) {
      dataset.rows.requested = wanted
      ask(ViewRows(wanted, of: table), &effects)
    }
    let report = errors.reportRequest
    let isReported = report == nil || errors.reported == report
    let others = table.other?.count ?? 0
    let isOldOther =
      errors.other.status == .scoring
      ? others * 2 >= (report?.otherRows ?? 0) * 3 && others != report?.otherRows
      : others != report?.otherRows ?? 0
    let hasParts = table.parts != nil
    let isOfOthers =
      report?.ownSlices != errors.ownSlices || report.map { $0.hasParts != hasParts } ?? false
    if isReported, isOld(report?.rows ?? 0) || isOfOthers || isOldOther {
      let report = ReportRows.Report(
        rows: table.count, ownSlices: errors.ownSlices, otherRows: others, hasParts: hasParts)
      errors.reportRequest = report
      ask(ReportRows(report, of: table), &effects)
    }
  }

  /// Sorts the rows by the next order.
  mutating func sortExamples() {
    dataset.rows.cycleOrder()
    say("sorted by \(words(of: dataset.rows.order))")
  }

  /// Tab: moves the focus from the table to the drawer, and then through the drawers.
  mutating func moveFocusOnErrors(by step: Int) {
    guard errors.isInDrawer || step < 0 else {
      errors.isInDrawer = true
      return
    }
    let drawers = ErrorsScreen.Drawer.allCases
    let index = (drawers.firstIndex(of: errors.drawer) ?? 0) + (errors.isInDrawer ? step : 0)
    if errors.isInDrawer, !drawers.indices.contains(index) {
      errors.isInDrawer = false
      errors.drawer = drawers[step > 0 ? 0 : drawers.count - 1]
    } else {
      errors.isInDrawer = true
      errors.drawer = drawers[min(max(0, index), drawers.count - 1)]
    }
    errors.line = ListScroll()
  }

  /// `d`: shows and focuses the open drawer if none is visible, and otherwise opens the next one.
  mutating func cycleDrawer(by step: Int) {
    guard dataset.table != nil else { return say(noDataHint) }
    let layout = ErrorsLayout(self)
    defer { errors.line = ListScroll() }
    guard layout.showsDrawer(self) else {
      errors.isInDrawer = true
      return
    }
    // If the drawer has the focus, the matrix of a wide window is one of the drawers, too.
    let drawers = errors.isInDrawer ? ErrorsScreen.Drawer.allCases : layout.drawers(self)
    let open = errors.isInDrawer ? errors.drawer : layout.openDrawer(self)
    let index = drawers.firstIndex(of: open) ?? 0
    errors.drawer = drawers[(index + step + drawers.count) % drawers.count]
  }

  /// Filters the rows by the gold and the predicted class of the selected row.
  mutating func facet() {
    if errors.isInDrawer { return filterByLine() }
    guard let table = dataset.table, let row = selectedRow else { return }
    guard !table.hasNumbers else {
      return say("this model predicts numbers: rows have no class to filter by")
    }
    let example = table[row]
    let gold = table.name(of: example.gold).replacing("\"", with: "\\\"")
    let predicted = table.name(of: example.predicted).replacing("\"", with: "\\\"")
    applyFilter("gold=\"\(gold)\" pred=\"\(predicted)\"", isTyped: false)
  }

  mutating func toggleMark() {
    guard let row = selectedRow else { return }
    if dataset.rows.marked.remove(row) == nil { dataset.rows.marked.insert(row) }
    moveOnErrors(.down)
  }

  mutating func addSlice() {
    guard !dataset.rows.query.isEmpty else {
      return say("there is no filter to add: / opens the field")
    }
    guard !errors.ownSlices.contains(dataset.rows.query) else { return }
    errors.ownSlices.append(dataset.rows.query)
    (errors.drawer, errors.line) = (.slices, ListScroll())
    say("the filter was added to the slices")
  }

  mutating func openFromErrors(_ effects: inout [Effect]) {
    if hasNoDataset { return effects.append(.openSample) }
    if errors.isInDrawer { return filterByLine() }
    guard dataset.table != nil, let row = selectedRow else { return }
    enter(catalog.first.screen)
    openRow(row)
  }

  /// Filters the rows by the query of the drawer's selected line, or opens the bins of a class.
  private mutating func filterByLine() {
    if errors.drawer == .calibration,
      let index = DrawerLines(self, .calibration).classIndex(ofLine: errors.line.selection)
    {
      errors.openClass = errors.openClass == index ? nil : index
      return
    }
    guard let query = query(ofLine: errors.line.selection) else {
      return say("no filter can show these rows")
    }
    errors.isInDrawer = false
    applyFilter(query, isTyped: false)
  }

  /// The marked rows, or else all rows that match the filter, in the order of the screen.
  var exportedExamples: ExportedExamples? {
    guard let table = dataset.table else { return nil }
    let rows = dataset.rows.all
    let marked = dataset.rows.marked
    return ExportedExamples(
      title: dataset.name ?? "examples", query: dataset.rows.viewed?.query ?? "",
      rows: marked.isEmpty ? rows : rows.filter { marked.contains($0) },
      annotations: dataset.notes.annotations, of: table)
  }

  /// The marked rows, or else the rows that match the filter, at most 1,000; nil without a data
  /// set.
  var copiedRows: ExportedTable? {
    guard let table = dataset.table else { return nil }
    let limit = 1000
    let header = ["row", "gold", "pred", "p", "loss", "evidence", "label", "note", "text"]
    let rows =
      dataset.rows.marked.isEmpty
      ? Array(dataset.rows.all.prefix(limit)) : dataset.rows.marked.sorted()
    return ExportedTable(
      title: "", header: header,
      rows: rows.prefix(limit).map { row in
        let example = table[row]
        let entry = dataset.notes.annotations.entries[example.fileRow]
        return [
          "\(example.fileRow)", table.goldText(example), table.answerText(example),
          Numerals.fixed(example.probability, 4), Numerals.fixed(example.loss, 4),
          table.evidence[row]?.text ?? "", entry?.label ?? "", entry?.note ?? "",
          example.texts.line,
        ]
      }
    )
  }
}

extension State {
  /// The name of an order of rows, for messages.
  func words(of order: ExampleView.Order) -> String {
    let hasNumbers = dataset.table?.hasNumbers == true
    return switch order {
    case .row: "row"
    case .loss: hasNumbers ? "absolute error" : "loss"
    case .p: hasNumbers ? "predicted value" : "p of the prediction"
    case .gold: hasNumbers ? "gold value" : "gold class"
    case .pred: hasNumbers ? "predicted value" : "predicted class"
    case .len: "length"
    }
  }
}

extension ViewRows: AskedQuestion {
  package func receive(
    _ answer: ExampleView, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.receive(answer, to: view) }
}

extension ReportRows: AskedQuestion {
  package func receive(
    _ answer: ExampleReport, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { (state.errors.report, state.errors.reported) = (answer, report) }
}
