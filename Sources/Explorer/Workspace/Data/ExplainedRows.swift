internal import Datasets
internal import Tokenizers
package import Workbench

/// The latest explanations of rows, at most 500.
struct ExplainedRows: Sendable {
  private var rows: [Int: ExplainedRow] = [:]
  private var order: [Int] = []
  /// The rows of the latest request.
  var asked: Set<Int> = []

  private static let limit = 500

  subscript(row: Int) -> ExplainedRow? { rows[row] }

  mutating func add(_ explained: ExplainedRow) {
    if rows.updateValue(explained, forKey: explained.row) == nil { order.append(explained.row) }
    if order.count > Self.limit { rows[order.removeFirst()] = nil }
  }
}

extension ExplainRows: AskedQuestion {
  package func receive(
    _ answer: [ExplainedRow], isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    for explained in answer {
      state.dataset.explained.add(explained)
      let evidence = table.evidence(explained.scores, text: table[explained.row].texts.joined)
      state.dataset.table?.evidence.set(evidence, row: explained.row)
    }
  }
}
