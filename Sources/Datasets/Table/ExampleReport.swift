/// What a whole table adds up to: where the model is wrong.
public struct ExampleReport: Sendable {
  /// So many rows it stands on.
  public var rows: Int
  /// For one class a text only.
  public var confusion: Confusion?
  public var calibration: Calibration
  public var slices: [SliceScore]
  public var words: [ErrorWord]
  /// Rows of the table by their numbers, the most suspect first; empty for several classes a text.
  public var suspects: [LabelSuspect]
}

extension ExampleTable {
  /// Slices and words of fewer texts than this say nothing.
  private static let leastTexts = 5

  /// - Parameter ownSlices: queries that the user looks at as slices.
  /// - Throws: `CancellationError`.
  public func report(ownSlices: [Query] = []) throws -> ExampleReport {
    var confusion = Confusion(classes: classes.count)
    var isMultiLabel = false
    var calibration = Calibration()
    var slices = SliceTally(ownSlices.map { Slice($0) } + SliceCatalog.slices)
    var words = ErrorWordTally()
    var suspects = SuspectColumns()
    try forEachChunk { chunk, start in
      for index in 0..<chunk.count {
        if index.isMultiple(of: 256) { try Task.checkCancellation() }
        let gold = chunk.gold(index)
        guard gold != .unknown else { continue }
        let predicted = chunk.predicted(index)
        let isError = gold != predicted
        if case (.one(let gold), .one(let predicted)) = (gold, predicted) {
          confusion.add(gold: gold, predicted: predicted)
          if let row = chunk.probabilities(index) { suspects.add(start + index, gold, row) }
        } else {
          isMultiLabel = true
        }
        calibration.add(confidence: chunk.probability(index), occurs: !isError)
        let text = SliceText(chunk.text(index), others: fields(chunk, index))
        slices.add(text, isError: isError)
        words.add(text, isError: isError)
      }
    }
    return ExampleReport(
      rows: count, confusion: isMultiLabel ? nil : confusion, calibration: calibration,
      slices: slices.scores(atLeast: Self.leastTexts),
      words: words.words(atLeast: Self.leastTexts).filter { $0.evidence > 0 },
      suspects: suspects.find(classes: classes.count))
  }

  private func fields(_ chunk: ExampleChunk, _ index: Int) -> [QueryField: QueryValue] {
    [
      .gold: .text(name(of: chunk.gold(index))), .pred: .text(name(of: chunk.predicted(index))),
      .p: .number(Double(chunk.probability(index))), .loss: .number(Double(chunk.loss(index))),
      .row: .number(Double(chunk.fileRow(index))),
    ]
  }
}

/// Labels and probabilities of the rows that have both.
private struct SuspectColumns {
  private var rows: [Int] = []
  private var golds: [Int?] = []
  private var probabilities: [[Float]] = []

  mutating func add(_ row: Int, _ gold: Int, _ probabilities: [Float]) {
    rows.append(row)
    golds.append(gold)
    self.probabilities.append(probabilities)
  }

  func find(classes: Int) -> [LabelSuspect] {
    LabelSuspects.find(gold: golds, probabilities: probabilities, classes: classes).map { suspect in
      var suspect = suspect
      suspect.index = rows[suspect.index]
      return suspect
    }
  }
}
