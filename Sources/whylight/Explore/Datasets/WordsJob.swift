internal import Attribution
internal import Classifiers
internal import Datasets
internal import Explorer

/// Explains all rows of a data set and adds up what their words do.
struct WordsJob {
  let explainer: RowExplainer
  let table: ExampleTable
  let post: (WordsEvent) -> Void

  /// So many rows are kept in one transaction.
  private static let batch = 32

  /// - Throws: `CancellationError`, and what the model throws.
  func run() throws {
    post(.began(method: explainer.explainer.card.shortTitle))
    let clock = ContinuousClock()
    let start = clock.now
    var (told, counted) = (start, start)
    var tally = WordTally()
    var found: [(row: Int, evidence: Evidence)] = []
    var progress = ScoringProgress()
    for first in stride(from: 0, to: table.count, by: Self.batch) {
      try Task.checkCancellation()
      let rows = Array(first..<min(table.count, first + Self.batch))
      for explained in try explainer.explain(rows, of: table) {
        let example = table[explained.row]
        tally.add(explained.scores, text: example.text, isError: example.isError)
        if let plausibility = explained.plausibility { tally.plausibility.add(plausibility) }
        found.append((explained.row, Evidence(explained.scores, text: example.text)))
      }
      let now = clock.now
      progress.rows = rows.last.map { $0 + 1 } ?? 0
      progress.share = Double(progress.rows) / Double(max(1, table.count))
      progress.rowsPerSecond = Double(progress.rows) / max(1e-3, (now - start) / .seconds(1))
      guard now - told > .milliseconds(250) else { continue }
      told = now
      // adding up takes longer than telling
      let isCounted = now - counted > .seconds(2)
      if isCounted { counted = now }
      post(.found(found, isCounted ? tally.report() : nil, progress))
      found = []
    }
    post(.found(found, tally.report(), progress))
    post(.ended(progress))
  }
}
