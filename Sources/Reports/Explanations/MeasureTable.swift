internal import Attribution
internal import Classifiers

/// The measures of several methods for one text as a table, with a row per method and a column per
/// measure.
package struct MeasureTable {
  private var rows: [(method: String, unit: Target.Quantity, values: [ExplainedText.Measurement])] =
    []

  package init() {}

  package mutating func add(_ explanation: ExplainedText) {
    guard !explanation.measurements.isEmpty else { return }
    rows.append(
      (explanation.card.name, explanation.target.quantity, explanation.measurements))
  }

  /// Empty if nothing was measured.
  package var text: PlainText {
    guard let first = rows.first else { return "" }
    let names = first.values.map(\.name)
    let width = max(6, rows.map(\.method.count).max() ?? 0)
    var lines: [PlainText] = [
      .spaces(width) + names.map { "  \($0)" as PlainText }.joined()
    ]
    for row in rows {
      let cells = zip(names, row.values).map { name, value -> PlainText in
        let number = value.result.value.map { Numerals.score(Float($0), isSigned: false) } ?? "–"
        return "  \(PlainText.spaces(name.count - number.count))\(number)"
      }
      lines.append(PlainText(row.method).padded(to: width) + cells.joined())
    }
    lines.append("")
    lines += names.compactMap { MeasureCatalog.measure(named: $0)?.card }.map { card -> PlainText in
      let best =
        switch card.best {
        case .high: "higher is better"
        case .low: "lower is better"
        case .zero: "near 0 is better"
        }
      return "\(card.name): \(best)"
    }
    return (lines + otherUnits.map { PlainText($0) }).joined(separator: "\n") + "\n\n"
  }

  /// Measures in the unit of the score that cannot be compared, because the methods explain scores
  /// with different units.
  private var otherUnits: [String] {
    let names = rows.first?.values.map(\.name).filter { Self.inUnits.contains($0) } ?? []
    let usual = Dictionary(grouping: rows, by: \.unit).max {
      ($0.value.count, $1.key.rawValue) < ($1.value.count, $0.key.rawValue)
    }
    guard let usual, !names.isEmpty else { return [] }
    return rows.filter { $0.unit != usual.key }.map { row in
      "\(row.method) explains the \(row.unit.rawValue), the others the \(usual.key.rawValue): its "
        + "\(Messages.list(names)) can't be compared with theirs"
    }
  }

  private static let inUnits: Set<String> = ["infidelity", "convergence-delta"]
}
