internal import Datasets
internal import TerminalUI

/// The words that speak for what the model says of rows, and what a second model says of them: both
/// are found out beside the screen.
extension State {
  /// Asks for the evidence of the rows in sight, and for that of all rows once somebody looks at
  /// what it adds up to.
  mutating func settleWords(_ effects: inout [Effect]) {
    guard summary != nil else { return }
    let isDrawerInSight = ErrorsLayout(self).showsDrawer(self)
    if screen == .errors, isDrawerInSight, errors.drawer.needsWords, errors.dataset.status == .done,
      errors.words.status == .none
    {
      errors.words.status = .scoring
      effects.append(.dataset(.explainAll))
    }
    let wanted = rowsInSight.filter { errors.explained[$0] == nil }
    guard !wanted.isEmpty, !errors.explained.asked.isSuperset(of: wanted) else { return }
    errors.explained.asked = Set(wanted)
    effects.append(.dataset(.explain(wanted)))
  }

  /// The row at the cursor first, whose preview is painted.
  private var rowsInSight: [Int] {
    let layout = ErrorsLayout(self)
    if layer.showsMap { return [errors.opened].compactMap(\.self) }
    guard screen == .errors, layout.kind == .wide || layout.kind == .stacked else { return [] }
    let rows = errors.rows.view.rows
    let visible = errors.rows.list.visible(count: rows.count, rows: layout.tableRows)
    let selected = errors.rows.selectedRow.map { [$0] } ?? []
    return selected + visible.map { rows[$0] }.filter { !selected.contains($0) }
  }

  mutating func receive(_ event: OtherEvent) {
    switch event {
    case .began(let name):
      errors.other.progress = ScoringProgress()
      errors.dataset.table?.other = OtherAnswers(name: name)
    case .unmatched(let name, let classes): askForClasses(ofRowsBy: name, classes)
    case .answered(let answers, let progress):
      errors.dataset.table?.other?.append(contentsOf: answers)
      errors.other.progress = progress
    case .ended(let progress):
      errors.other.progress = progress
      if errors.other.status == .scoring { errors.other.status = .done }
    case .failed(let reason):
      errors.other.status = .failed(reason)
      refuse(errors.other.argument, for: .data, reason)
    }
  }

  mutating func ask(other argument: String, _ effects: inout [Effect]) {
    errors.other = ErrorsScreen.Other(status: .scoring, argument: argument)
    errors.dataset.table?.other = nil
    errors.drawer = .models
    errors.line = ListScroll()
    effects.append(.dataset(.askOther(argument, classMap: classMap(of: argument))))
  }

  /// Stops what runs about the whole data set, the newest kind first; false where nothing does.
  mutating func stopErrorsJob(_ effects: inout [Effect]) -> Bool {
    if errors.other.status == .scoring {
      errors.other.status = .stopped
      effects.append(.dataset(.stopOther))
    } else if errors.words.status == .scoring {
      errors.words.status = .stopped
      effects.append(.dataset(.stopExplaining))
    } else if errors.dataset.status == .scoring {
      errors.dataset.status = .stopped
      effects.append(.dataset(.stopScoring))
    } else {
      return false
    }
    return true
  }

  /// r: what was stopped goes on; what was answered is in the store.
  mutating func resume(_ effects: inout [Effect]) {
    if errors.other.status == .stopped {
      ask(other: errors.other.argument, &effects)
    } else if errors.words.status == .stopped {
      errors.words.status = .scoring
      effects.append(.dataset(.explainAll))
    } else if errors.dataset.status == .stopped {
      errors.dataset.status = .scoring
      effects.append(.dataset(.startScoring))
    } else {
      say("nothing was stopped")
    }
  }
}
