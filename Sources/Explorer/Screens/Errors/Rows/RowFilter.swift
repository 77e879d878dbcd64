internal import Datasets
internal import TerminalUI

/// The field of the filter, and the error of the typed query.
struct RowFilter: Sendable {
  var field = TextEditor(isSingleLine: true)
  var isOpen = false {
    didSet { if !isOpen { _ = field.dropSelection() } }
  }
  /// What Esc restores while the filter is typed: the query, and the selected row by its number in
  /// the file.
  var before: (query: String, fileRow: Int?)?
  var error: QueryError?
}

/// The filter and the selected row.
extension State {
  /// The index of the selected row in the table.
  var selectedRow: Int? {
    let rows = dataset.rows.all
    return rows.element(at: errors.list.fitted(count: rows.count, rows: 1).selection)
  }

  /// The index of the row in the table that the preview shows.
  var previewedRow: Int? { errors.held ?? selectedRow }

  mutating func beginFilter() {
    guard dataset.table != nil else { return say(noDataHint) }
    errors.filter.before = (
      dataset.rows.query, selectedRow.flatMap { dataset.table?.fileRow($0) }
    )
    errors.filter.isOpen = true
    errors.isInDrawer = false
  }

  /// Esc: restores the filter and the selected row.
  mutating func leaveFilter() {
    let before = errors.filter.before
    applyFilter(before?.query ?? dataset.rows.query, isTyped: false)
    if let row = before?.fileRow { errors.awaited = (row, false) }
  }

  /// Shows the rows that match a query. If the text is not a valid query, the previous query
  /// applies and the field stays open.
  mutating func applyFilter(_ text: String, isTyped: Bool = true) {
    do {
      _ = try Query(text)
      dataset.rows.query = text
      (errors.filter.error, errors.filter.isOpen, errors.filter.before) = (nil, false, nil)
      if !isTyped {
        errors.filter.field = TextEditor(
          text, isSingleLine: true, isPlain: terminal.abilities.isPlain)
      }
    } catch {
      errors.filter.error = error
      errors.filter.isOpen = true
      if let before = errors.filter.before { dataset.rows.query = before.query }
    }
  }

  /// Edits the filter and applies it at once. If the text is not a valid query, the rows stay the
  /// same, and the error is shown only when Enter applies it.
  mutating func editFilter(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    guard edit(&errors.filter.field) == .edited else { return }
    errors.filter.error = nil
    let text = errors.filter.field.text
    if (try? Query(text)) != nil { dataset.rows.query = text }
  }
}
