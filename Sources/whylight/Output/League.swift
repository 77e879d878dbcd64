internal import Attribution
internal import Explorer

/// The measures of several methods for one text as a table: a line a method, a column a measure.
struct League {
  private var rows: [(method: String, values: [Named<MeasureResult>])] = []

  /// A measure's answer under its name.
  struct Named<Value> {
    var name: String
    var value: Value
  }

  mutating func add(_ explanation: Explanation) {
    guard !explanation.measurements.isEmpty else { return }
    rows.append((explanation.card.name, explanation.measurements))
  }

  /// Empty where nothing was measured.
  var text: String {
    guard let first = rows.first else { return "" }
    let names = first.values.map(\.name)
    let width = max(6, rows.map(\.method.count).max() ?? 0)
    var lines = [
      "".padded(to: width) + names.map { "  " + $0 }.joined()
    ]
    for row in rows {
      let cells = zip(names, row.values).map { name, value in
        let number = value.value.value.map { Numerals.score(Float($0), isSigned: false) } ?? "–"
        return "  " + String(repeating: " ", count: max(0, name.count - number.count)) + number
      }
      lines.append(row.method.padded(to: width) + cells.joined())
    }
    lines.append("")
    lines += names.compactMap { Catalog.measure(named: $0)?.card }.map { card in
      let best =
        switch card.best {
        case .high: "higher is better"
        case .low: "lower is better"
        case .zero: "near 0 is better"
        }
      return "\(card.name): \(best)"
    }
    return lines.joined(separator: "\n") + "\n\n"
  }
}
