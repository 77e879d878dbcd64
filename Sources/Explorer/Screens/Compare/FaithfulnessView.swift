internal import Attribution
internal import Reports
internal import TerminalUI
internal import Workbench

/// The cost of each column's explanation, and how faithful it is to this text.
struct FaithfulnessView {
  @Shared var state: State
  let table: CompareTable
  let rect: Rect

  private struct Field {
    var title: String
    var columns: Int
    var measure: String?
    var text: (CompareColumn) -> String
  }

  func draw(on picture: inout Picture) {
    let signs = state.signs
    let title =
      state.compare.columns == .explainers
      ? "Which explainer fits this text best" : "How faithful each map is to this text"
    let inner = picture.frame.box(
      rect,
      title: signs.isPlain ? "Which fits best; alone, spread, gap: less is better" : title,
      note: signs.isPlain ? "" : signs.best)
    picture.mark(rect, as: .compare(.background))
    guard inner.size.rows > 1, inner.size.columns > 20 else { return }
    let left = inner.origin.column + 1
    let (label, _) = CompareTable.widths(
      table.columns, of: inner.size.columns - 1, cells: fields.count, least: 8)
    var edge = left + label
    var shown: [(Field, Int)] = []
    for field in fields where edge + field.columns <= inner.origin.column + inner.size.columns {
      edge += field.columns
      shown.append((field, edge))
    }
    for (field, edge) in shown {
      picture.frame.write(
        field.title, endingBefore: Position(column: edge, row: inner.origin.row), style: Style(.dim)
      )
    }
    let rows = inner.size.rows - 1
    let count = table.columns.count
    let top = max(0, min(state.compare.column - rows / 2, count - rows))
    picture.frame.scrollMark(top..<min(count, top + rows), of: count, in: rect)
    for (line, index) in table.columns.indices.dropFirst(top).prefix(rows).enumerated() {
      let y = inner.origin.row + 1 + line
      let column = table.columns[index]
      picture.frame.write(
        column.shortTitle, at: Position(column: left, row: y),
        style: Style(index == state.compare.column ? .title : .dim), maxColumns: label - 1,
        hasEllipsis: true)
      for (field, edge) in shown {
        picture.frame.write(
          field.text(column), endingBefore: Position(column: edge, row: y),
          style: Style(column.isControl ? .dim : .text, isBest(column, field) ? .bold : []),
          maxColumns: field.columns - 1)
      }
    }
  }

  private var fields: [Field] {
    let dash = state.signs.dash
    let measures = (TrustStrip.compared + TrustStrip.alone).map { name in
      Field(
        title: TrustStrip.head(name, state.signs), columns: name == "sufficiency" ? 7 : 8,
        measure: name
      ) { column in
        reading(column, name)?.value.map { Numerals.fixed($0, 2) }
          ?? (state.trust.job?.choice == column.choice ? state.signs.ellipsis : dash)
      }
    }
    return measures + [
      Field(title: TrustStrip.head("gap", state.signs), columns: 7) { column in
        column.explanation?.attribution.convergenceDelta.map { Numerals.fixed(abs($0), 3) } ?? dash
      },
      Field(title: "time", columns: 8) { column in
        column.explanation.map { Numerals.duration(seconds: $0.seconds) } ?? dash
      },
      Field(title: "passes", columns: 9) { column in
        column.explanation.map { Numerals.grouped($0.attribution.evaluations) } ?? dash
      },
    ]
  }

  private func reading(_ column: CompareColumn, _ name: String) -> TrustReading? {
    state.trust.readings(of: column.choice).first { $0.name == name }
  }

  /// Whether this column has the best value of a measure; the control is not compared.
  private func isBest(_ column: CompareColumn, _ field: Field) -> Bool {
    guard let name = field.measure, !column.isControl, let own = reading(column, name),
      let value = own.value
    else { return false }
    let values = table.columns.filter { !$0.isControl }.compactMap { reading($0, name)?.value }
    guard values.count > 1, let low = values.min(), let high = values.max(), low != high else {
      return false
    }
    return value == (own.best == .high ? high : low)
  }
}

extension TrustStrip {
  /// The head of a measure's column with an arrow that says whether higher or lower is better;
  /// without the arrow in ASCII, where it would look like a letter of the word.
  fileprivate static func head(_ name: String, _ signs: Signs) -> String {
    let (more, less) = signs.isPlain ? ("", "") : (signs.greater, signs.less)
    return switch name {
    case "comprehensiveness": "without" + more
    case "sufficiency": "alone" + less
    case "leave-one-out-tau": "agrees" + more
    case "seed-spread": "spread" + less
    case "gap": "gap" + less
    default: name
    }
  }
}
