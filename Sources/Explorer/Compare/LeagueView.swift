internal import Attribution
internal import TerminalUI

/// What each column cost and how far it can be trusted on this text.
struct LeagueView {
  let state: State
  let table: CompareTable
  let rect: Rect

  private struct Field {
    var title: String
    var columns: Int
    var text: (CompareColumn) -> String
  }

  func draw(on picture: inout Picture) {
    let inner = picture.frame.box(rect, title: "League", note: note)
    picture.mark(rect, as: .comparison)
    guard inner.size.rows > 1, inner.size.columns > 20 else { return }
    let left = inner.origin.column + 1
    let label = 9
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
    let top = max(0, min(state.compare.column - rows / 2, table.columns.count - rows))
    for (line, index) in table.columns.indices.dropFirst(top).prefix(rows).enumerated() {
      let y = inner.origin.row + 1 + line
      let column = table.columns[index]
      picture.frame.write(
        column.shortTitle, at: Position(column: left, row: y),
        style: Style(index == state.compare.column ? .title : .dim), maxColumns: label - 1)
      for (field, edge) in shown {
        picture.frame.write(
          field.text(column), endingBefore: Position(column: edge, row: y),
          style: Style(column.isControl ? .dim : .text), maxColumns: field.columns - 1)
      }
    }
  }

  private var note: String { "random is the control" }

  private var fields: [Field] {
    let dash = state.signs.dash
    return [
      Field(title: state.signs.delta, columns: 10) { column in
        column.explanation?.attribution.convergenceDelta.map {
          Numerals.score($0, isSigned: true)
        } ?? dash
      },
      Field(title: "noise", columns: 9) { column in
        column.explanation?.meanStandardError.map { Numerals.score($0, isSigned: false) } ?? dash
      },
      Field(title: "passes", columns: 10) { column in
        column.explanation.map { Numerals.grouped($0.attribution.evaluations) } ?? dash
      },
      Field(title: "time", columns: 9) { column in
        column.explanation.map { Numerals.duration(seconds: $0.seconds) } ?? dash
      },
    ]
  }
}

extension Explanation {
  /// The mean standard error of a token's score, where the method samples.
  fileprivate var meanStandardError: Float? {
    guard let errors = attribution.standardErrors, !errors.isEmpty else { return nil }
    return errors.reduce(0, +) / Float(errors.count)
  }
}
