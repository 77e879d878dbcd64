internal import Datasets
internal import Reports
internal import TerminalUI
internal import Workbench

/// The filter with its counts, and below it a row for the filter's error or the progress of the
/// work.
struct FilterView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    let errors = state.errors
    let row = rect.origin.row
    let edge = Position(column: rect.size.columns - 1, row: row)
    let used = picture.frame.write(counts, endingBefore: edge, style: Style(.dim))
    let space = max(0, edge.column - used - 5)
    picture.frame.write(
      "/", at: Position(column: 1, row: row),
      style: Style(.key, errors.filter.isOpen ? .bold : []))
    let place = Position(column: 3, row: row)
    var field = errors.filter.field
    field.resize(to: Size(columns: max(1, space), rows: 1))
    let area = Rect(column: place.column, row: row, columns: space, rows: 1)
    picture.draw(field, in: area, isFocused: errors.filter.isOpen && state.overlay == nil)
    if field.text.isEmpty, state.dataset.table != nil {
      picture.frame.write(
        state.isRegression ? "words, or loss>0.5 p>0.9" : "words, or gold!=pred p>0.9", at: place,
        style: Style(.dim), maxColumns: space,
        hasEllipsis: true)
    }
    picture.mark(Rect(column: 0, row: row, columns: 3 + space, rows: 1), as: .errors(.filterField))
    drawSecondRow(field, &picture)
  }

  private func drawSecondRow(_ field: TextEditor, _ picture: inout Picture) {
    let row = rect.origin.row + 1
    guard let error = state.errors.filter.error else {
      picture.frame.write(
        progress, at: Position(column: 1, row: row), style: Style(.dim),
        maxColumns: rect.size.columns - 2, hasEllipsis: true)
      return
    }
    // The carets stand below the wrong characters, which may be wider than one column.
    let characters = Array(field.text)
    func columns(_ end: Int) -> Int {
      DisplaySafe.columns(of: String(characters.prefix(end)), isPlain: picture.frame.isPlain)
        - field.scroll.column
    }
    let start = max(0, columns(error.range.lowerBound))
    let end = max(start + 1, columns(error.range.upperBound))
    let carets = String(repeating: "^", count: end - start)
    let sentence = " " + error.sentence
    let room = rect.size.columns - 3 - end
    if room >= DisplaySafe.columns(of: sentence) || start < DisplaySafe.columns(of: sentence) {
      picture.frame.write(
        carets + sentence, at: Position(column: 3 + start, row: row), style: Style(.error),
        hasEllipsis: true)
    } else {
      picture.frame.write(carets, at: Position(column: 3 + start, row: row), style: Style(.error))
      picture.frame.write(
        error.sentence, endingBefore: Position(column: 2 + start, row: row), style: Style(.error))
    }
  }

  /// `41 of 7,600 rows  acc 0.914  err 652`; while rows are scored `1,920 of 30,000 scored`.
  private var counts: String {
    guard let table = state.dataset.table else { return "" }
    let found = Numerals.grouped(state.dataset.rows.all.count)
    let scored = Numerals.grouped(table.count)
    var parts = ["\(found) of \(scored) rows"]
    if [.scoring, .stopped].contains(state.dataset.status) {
      let total = state.dataset.total.map { " of \(Numerals.grouped($0))" } ?? ""
      parts = ["\(scored)\(total) scored"]
      if !state.dataset.rows.query.isEmpty { parts.insert("\(found) match", at: 0) }
    }
    if let figures = state.dataset.rows.figures, let accuracy = figures.accuracy,
      let all = table.accuracy
    {
      // In a narrow window, the figures of all rows are not introduced by a word.
      let word = rect.size.columns < 100 ? "" : "all "
      parts.append(
        "acc \(Numerals.fixed(Float(accuracy), 3)) (\(word)\(Numerals.fixed(Float(all), 3)))")
      parts.append(
        "err \(Numerals.grouped(figures.errors)) (\(word)\(Numerals.grouped(table.errorCount)))")
    } else if let accuracy = table.accuracy {
      parts.append("acc \(Numerals.fixed(Float(accuracy), 3))")
      parts.append("err \(Numerals.grouped(table.errorCount))")
    } else if let scores = state.errors.report?.numbers.first {
      parts.append("MAE \(Numerals.score(Float(scores.meanAbsoluteError), isSigned: false))")
      parts.append("r \(Numerals.fixed(Float(scores.pearson), 3))")
    }
    return parts.joined(separator: "  ")
  }

  private var progress: String {
    if state.labelsRowsHere { return state.labellingHint }
    if state.errors.filter.isOpen {
      return "A word selects the texts that contain it. Fields: "
        + QueryField.allCases.filter { state.hasParts || !$0.isOfMolecules }
        .map(\.rawValue).joined(separator: " ")
    }
    let progress = state.dataset.progress
    var parts: [String] = []
    switch state.dataset.status {
    case .none, .failed: return ""
    case .scoring:
      parts = ["scoring \(state.dataset.name ?? "")"] + progress.words
      parts.append("Esc stops")
    case .done: parts = ["\(state.dataset.name ?? "")"]
    case .stopped:
      parts = [
        "stopped after \(Numerals.grouped(progress.rows)) rows; r resumes"
      ]
    }
    if progress.badRows > 0 {
      let rows = progress.badRows == 1 ? "row" : "rows"
      parts.append("\(Numerals.grouped(progress.badRows)) \(rows) could not be read")
    }
    if !state.dataset.notes.unsaved.isEmpty {
      parts.append(
        "\(Numerals.count(state.dataset.notes.unsaved.count, "note")) not saved: E exports")
    }
    return (parts + jobs).joined(separator: "  ")
  }

  /// The other jobs on the whole data set.
  private var jobs: [String] {
    var jobs: [String] = []
    if state.errors.words.status == .scoring {
      jobs += ["explaining"] + state.errors.words.progress.words + ["Esc stops"]
    }
    if state.errors.words.status == .stopped {
      let rows = Numerals.grouped(state.errors.words.progress.rows)
      jobs.append("explaining stopped after \(rows) rows; r resumes")
    }
    if state.errors.other.status == .stopped {
      let rows = Numerals.grouped(state.errors.other.progress.rows)
      jobs.append("\(state.errors.other.argument) stopped after \(rows) rows; r resumes")
    }
    if state.errors.other.status == .scoring {
      jobs += ["asking \(state.errors.other.argument)"] + state.errors.other.progress.words
    }
    return jobs
  }
}
