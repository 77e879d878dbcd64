internal import Datasets
internal import TerminalUI

extension State {
  /// Selects one of the rows that match the filter, by its place among them.
  mutating func goToRow(at place: Int) {
    errors.list.select(
      place, count: dataset.rows.all.count, rows: ErrorsLayout(self).tableRows)
  }

  mutating func moveOnErrors(_ movement: Movement) {
    let layout = ErrorsLayout(self)
    guard errors.isInDrawer else {
      let count = dataset.rows.all.count
      let item = moved(
        errors.list.selection, movement, count: count, page: max(1, layout.tableRows))
      return errors.list.select(
        item, by: movement, count: count, rows: layout.tableRows, isWhole: spans(layout.table))
    }
    if errors.drawer == .matrix { return moveInMatrix(movement) }
    let count = drawerCount
    let item = moved(errors.line.selection, movement, count: count, page: max(1, layout.drawerRows))
    errors.line.select(
      item, by: movement, count: count, rows: layout.drawerRows, isWhole: spans(layout.drawer))
  }

  private mutating func moveInMatrix(_ movement: Movement) {
    let last = max(0, (dataset.table?.classes.count ?? 1) - 1)
    switch movement {
    case .up, .pageUp: errors.cell.gold = max(0, errors.cell.gold - 1)
    case .down, .pageDown: errors.cell.gold = min(last, errors.cell.gold + 1)
    case .left: errors.cell.predicted = max(0, errors.cell.predicted - 1)
    case .right: errors.cell.predicted = min(last, errors.cell.predicted + 1)
    case .first: errors.cell = (0, 0)
    case .last: errors.cell = (last, last)
    }
    errors.line.select(errors.cell.gold, count: last + 1, rows: ErrorsLayout(self).drawerRows)
  }

  /// Selects the next or the previous row whose prediction is wrong.
  mutating func moveToError(by step: Int) {
    guard let table = dataset.table else { return }
    var index = errors.list.selection + step
    while dataset.rows.all.indices.contains(index) {
      if table[dataset.rows.all[index]].isError {
        errors.isInDrawer = false
        goToRow(at: index)
        return
      }
      index += step
    }
    say(step > 0 ? "no error below" : "no error above")
  }

  /// Scrolls the table or the drawer; the selection stays visible.
  mutating func scrollErrors(by rows: Int, at target: Picture.Target?) {
    let layout = ErrorsLayout(self)
    let isOverDrawer =
      switch target?.own(ErrorsTarget.self) {
      case .drawer, .drawerLine, .drawerTab, .matrixCell: true
      default: false
      }
    if isOverDrawer {
      guard errors.isInDrawer else { return }
      errors.line.scroll(by: rows, count: drawerCount, rows: layout.drawerRows)
    } else {
      errors.list.scroll(by: rows, count: dataset.rows.all.count, rows: layout.tableRows)
    }
  }

  /// Handles a click.
  mutating func pressOnErrors(_ target: Picture.Target) {
    guard let target = target.own(ErrorsTarget.self) else { return }
    switch target {
    case .exampleLine(let index):
      errors.isInDrawer = false
      goToRow(at: index)
    case .drawerLine(let index):
      errors.isInDrawer = true
      errors.drawer = ErrorsLayout(self).openDrawer(self)
      errors.line.select(index, count: drawerCount, rows: ErrorsLayout(self).drawerRows)
    case .matrixCell(let gold, let predicted):
      (errors.isInDrawer, errors.drawer, errors.cell) = (true, .matrix, (gold, predicted))
    case .drawerTab(let drawer):
      (errors.drawer, errors.line) = (drawer, ListScroll())
      errors.isInDrawer = errors.isInDrawer || ErrorsLayout(self).kind != .wide
    case .exampleColumn(let order):
      dataset.rows.sort(by: order)
      say("sorted by \(words(of: order)); a click on the same heading reverses it")
    case .filterField: if !errors.filter.isOpen { beginFilter() }
    case .examples, .drawer: break
    }
  }
}
