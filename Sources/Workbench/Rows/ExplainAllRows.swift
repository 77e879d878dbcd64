internal import Attribution
internal import Classifiers
public import Datasets
internal import Tokenizers

extension Lane {
  public static let words = Lane("words of all rows", isInBackground: true)
}

/// The words that contribute most to the predictions for all rows, with a summary.
public struct ExplainAllRows: Question {
  public enum Answer: Sendable {
    /// - Parameter method: the explainer's title.
    case began(method: String)
    /// The evidence of more rows and, if it was computed, the summary of all rows so far.
    case found([(row: Int, evidence: Evidence)], WordReport?, RowsProgress)
    case ended(RowsProgress)
  }

  @GrowingTable public var table: ExampleTable

  /// How many rows are stored in one transaction.
  private static let batch = 32

  public init(of table: ExampleTable) { self.table = table }

  public var lane: Lane { .words }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    let explainer = try RowExplainer(lab)
    try progress(.began(method: explainer.explainer.card.title))
    let start = lab.clock()
    var (reported, counted) = (start, start)
    var tally = WordTally()
    var found: [(row: Int, evidence: Evidence)] = []
    var done = RowsProgress()
    for first in stride(from: 0, to: table.count, by: Self.batch) {
      try Task.checkCancellation()
      let rows = Array(first..<min(table.count, first + Self.batch))
      for explained in try explainer.explain(rows, of: table) {
        let example = table[explained.row]
        let named = table.named(explained.scores, text: example.texts.joined)
        tally.add(named, classIndex: explained.scores.classIndex, isError: example.isError)
        if let plausibility = explained.plausibility { tally.plausibility.add(plausibility) }
        found.append((explained.row, Evidence(named: named)))
      }
      let now = lab.clock()
      done.rows = rows.last.map { $0 + 1 } ?? 0
      done.share = Double(done.rows) / Double(max(1, table.count))
      done.measure(now - start)
      guard now - reported > .milliseconds(250) else { continue }
      reported = now
      // Summarising takes longer than reporting the rows.
      let isCounted = now - counted > .seconds(2)
      if isCounted { counted = now }
      try progress(.found(found, isCounted ? tally.report() : nil, done))
      found = []
    }
    try progress(.found(found, tally.report(), done))
    return .ended(done)
  }
}
