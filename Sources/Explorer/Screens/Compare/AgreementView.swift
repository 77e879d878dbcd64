internal import Reports
internal import TerminalUI

/// The agreement of the columns: rank correlation above the diagonal, shared strongest words below
/// it.
struct AgreementView {
  static let strongest = 5

  @Shared var state: State
  let table: CompareTable
  let rect: Rect

  func draw(on picture: inout Picture) {
    let rho = state.signs.rho
    let inner = picture.frame.box(
      rect, title: "Agreement", note: "above: Spearman \(rho)  below: top-\(Self.strongest) shared")
    picture.mark(rect, as: .compare(.background))
    guard inner.size.rows > 1, inner.size.columns > 20 else { return }
    let columns = table.columns
    var (label, width) = CompareTable.widths(
      columns, of: inner.size.columns - 1, cells: columns.count, least: 7)
    let short = columns.map { DisplaySafe.columns(of: $0.shortTitle) }.max() ?? 0
    let names = columns.map { name($0, columns: short) }
    let longest = names.map { DisplaySafe.columns(of: $0) }.max() ?? 0
    let isNamed = longest + 1 + columns.count * width < inner.size.columns
    if isNamed { label = max(label, longest + 1) }
    let shown = max(0, min(columns.count, (inner.size.columns - label - 1) / width))
    let first = max(0, min(state.compare.column - shown / 2, columns.count - shown))
    let left = inner.origin.column + 1
    for (place, column) in (first..<first + shown).enumerated() {
      picture.frame.write(
        columns[column].shortTitle.trimmed(to: width - 1, state.signs.cut),
        endingBefore: Position(column: left + label + (place + 1) * width, row: inner.origin.row),
        style: Style(column == state.compare.column ? .title : .dim))
    }
    let rows = inner.size.rows - 1
    let top = max(0, min(state.compare.column - rows / 2, columns.count - rows))
    picture.frame.scrollMark(top..<min(columns.count, top + rows), of: columns.count, in: rect)
    for (line, row) in columns.indices.dropFirst(top).prefix(rows).enumerated() {
      let y = inner.origin.row + 1 + line
      picture.frame.write(
        isNamed ? names[row] : columns[row].shortTitle, at: Position(column: left, row: y),
        style: Style(row == state.compare.column ? .title : .dim), maxColumns: label - 1,
        hasEllipsis: true)
      for (place, column) in (first..<first + shown).enumerated() {
        let entry = text(row, column)
        picture.frame.write(
          entry.text,
          endingBefore: Position(column: left + label + (place + 1) * width, row: y),
          style: Style(entry.role))
      }
    }
    guard !isNamed, rows > columns.count else { return }
    let legend = columns.map { name($0) }.joined(separator: ", ")
      .wrapped(columns: inner.size.columns - 2).limited(
        rows: rows - columns.count, columns: inner.size.columns - 2, state.signs.ellipsis)
    for (line, text) in legend.enumerated() {
      picture.frame.write(
        text,
        at: Position(column: left, row: inner.origin.row + inner.size.rows - legend.count + line),
        style: Style(.dim))
    }
  }

  /// `IxG  input x gradient`: the short name, padded to a number of columns, and the full name.
  /// Shown at the left if there is room, otherwise below the table.
  private func name(_ column: CompareColumn, columns: Int = 0) -> String {
    guard state.compare.columns == .explainers, column.title != column.shortTitle else {
      return column.shortTitle
    }
    let gap = max(0, columns - DisplaySafe.columns(of: column.shortTitle))
    return column.shortTitle + String(repeating: " ", count: gap + 1) + column.title
  }

  private func text(_ row: Int, _ column: Int) -> (text: String, role: Role) {
    guard row != column else { return (state.signs.dot, .dim) }
    guard let a = table.scores(row, besides: column), let b = table.scores(column, besides: row)
    else { return (state.signs.dash, .dim) }
    if row > column {
      let overlap = Agreement.overlap(a, b, count: Self.strongest)
      return ("\(overlap.shared)/\(overlap.of)", .text)
    }
    guard let rho = Agreement.spearman(a, b) else { return (state.signs.dash, .dim) }
    return (Numerals.correlation(rho), rho < 0.3 ? .warning : .text)
  }
}
