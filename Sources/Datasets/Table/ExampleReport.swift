internal import Classifiers
internal import Tokenizers

/// A summary of a whole table: where the model is wrong.
public struct ExampleReport: Sendable {
  /// The number of rows that it is based on.
  public var rows: Int
  /// For single-label models only.
  public var confusion: Confusion?
  /// For multi-label models, over all decisions, one per class and text.
  public var calibration: Calibration
  /// nil if there is none, or if there are too many classes to keep all probabilities.
  public var temperature: Temperature?
  /// By class, for multi-label models only.
  public var classCalibrations: [Calibration]
  /// Errors with a probability above 0.9, and correct predictions with one below one half.
  public var overconfident: Int
  public var underconfident: Int
  public var slices: [SliceScore]
  /// How the rows are spread over their length, without the empty bins at both ends.
  public var lengths: [LengthBin]
  public var words: [ErrorWord]
  /// Indices of rows in the table, the most suspect first; empty for multi-label models.
  public var suspects: [LabelSuspect]
  /// Agreement with a second model, if there is one, and the number of rows that it is based on.
  public var agreement: ModelAgreement?
  /// Of a model that answers with numbers how far it is off, by output; else empty.
  public var numbers: [RegressionScores] = []
}

extension ExampleTable {
  /// The fewest texts of a slice or word that is reported.
  private static let leastTexts = 5
  private static let mostSuspects = 5000

  /// - Parameter ownSlices: queries that the user defines as slices.
  /// - Throws: `CancellationError`.
  public func report(ownSlices: [Query] = []) throws -> ExampleReport {
    var confusion = Confusion(classes: classes.count)
    var isMultiLabel = false
    var confidence = ConfidenceTally(classes: classes.count)
    var slices = SliceTally(ownSlices.map { Slice($0) } + (parts?.slices ?? SliceCatalog.slices))
    var lengths = LengthTally()
    var words = ErrorWordTally()
    var thresholds = LabelSuspects.Thresholds(classes: classes.count)
    try forEachChunk { chunk, start in
      for index in 0..<chunk.count {
        if index.isMultiple(of: 256) { try Task.checkCancellation() }
        let gold = chunk.gold(index)
        let predicted = chunk.predicted(index)
        let isError = gold != predicted && gold != .unknown
        lengths.add(length(of: chunk, index), isError: isError)
        guard gold != .unknown else { continue }
        if case (.one(let gold), .one(let predicted)) = (gold, predicted) {
          confusion.add(gold: gold, predicted: predicted)
          if let row = chunk.probabilities(index) { thresholds.add(gold: gold, row) }
        } else {
          isMultiLabel = true
        }
        confidence.add(chunk, index, isError: isError)
        var others = fields(chunk, index, row: start + index)
        let texts = chunk.texts(index)
        let names = parts?.names(of: texts.joined)
        if let parts, let names {
          others.merge(parts.fields(of: texts.joined, names: names)) { own, _ in own }
        }
        let text = SliceText(texts.joined, others: others)
        slices.add(text, isError: isError)
        if let names {
          words.add(words: Set(names), isError: isError)
        } else {
          words.add(text, isError: isError)
        }
      }
    }
    return ExampleReport(
      rows: count, confusion: isMultiLabel ? nil : confusion, calibration: confidence.all,
      temperature: try confidence.temperature?.fit(),
      classCalibrations: isMultiLabel ? confidence.byClass : [],
      overconfident: confidence.overconfident, underconfident: confidence.underconfident,
      slices: slices.scores(atLeast: Self.leastTexts), lengths: lengths.bins,
      words: words.words(atLeast: Self.leastTexts).filter { $0.evidence > 0 },
      suspects: try suspects(thresholds), agreement: agreement, numbers: numberScores)
  }

  private var numberScores: [RegressionScores] {
    guard hasNumbers else { return [] }
    var tally = RegressionTally(outputs: classes, worst: 0)
    forEachChunk { chunk, _ in
      for index in 0..<chunk.count {
        guard let numbers = chunk.numbers(index) else { continue }
        tally.add(
          Example(
            index: 0, line: 1, content: .text(""), gold: .unknown,
            values: numbers.right?.map { Double($0) }), ModelAnswer(logits: numbers.said))
      }
    }
    return tally.evaluation.outputs
  }

  /// The most suspect labels, in a second pass over the table, in constant memory.
  private func suspects(_ thresholds: LabelSuspects.Thresholds) throws -> [LabelSuspect] {
    var found = LabelSuspects.Most(limit: Self.mostSuspects)
    try forEachChunk { chunk, start in
      try Task.checkCancellation()
      for index in 0..<chunk.count {
        guard case .one(let gold) = chunk.gold(index), let row = chunk.probabilities(index),
          let suspect = thresholds.suspect(start + index, gold: gold, row)
        else { continue }
        found.add(suspect)
      }
    }
    return found.sorted
  }

  /// The agreement of two models, over the rows that the second one has predicted.
  public var agreement: ModelAgreement? {
    guard let other else { return nil }
    var agreement = ModelAgreement(classes: classes.count)
    forEachChunk { chunk, start in
      for index in 0..<chunk.count {
        guard let answer = other.answer(start + index) else { return }
        agreement.add(gold: chunk.gold(index), first: chunk.predicted(index), second: answer)
      }
    }
    return agreement
  }

  private func fields(
    _ chunk: ExampleChunk, _ index: Int, row: Int
  ) -> [QueryField: QueryValue] {
    var fields: [QueryField: QueryValue] = [
      .gold: .text(name(of: chunk.gold(index))), .pred: .text(name(of: chunk.predicted(index))),
      .p: .number(Double(chunk.probability(index))), .loss: .number(Double(chunk.loss(index))),
      .row: .number(Double(chunk.fileRow(index))),
    ]
    if let answer = other?.answer(row) { fields[.other] = .text(name(of: answer)) }
    return fields
  }
}

/// Calibration and temperature.
private struct ConfidenceTally {
  var all = Calibration()
  var byClass: [Calibration]
  var overconfident = 0
  var underconfident = 0
  /// nil before the first row.
  var temperature: TemperatureTally?

  init(classes: Int) {
    byClass = Array(repeating: Calibration(), count: classes)
  }

  mutating func add(_ chunk: ExampleChunk, _ index: Int, isError: Bool) {
    let confidence = chunk.probability(index)
    if isError, confidence > 0.9 { overconfident += 1 }
    if !isError, confidence < 0.5 { underconfident += 1 }
    let probabilities = chunk.probabilities(index)
    if let probabilities {
      let gold = chunk.gold(index)
      if temperature == nil {
        temperature = TemperatureTally(classes: byClass.count, isByClass: gold.isList)
      }
      temperature?.add(probabilities, gold: gold)
    }
    guard case .several(let gold) = chunk.gold(index), let row = probabilities else {
      return all.add(confidence: confidence, occurs: !isError)
    }
    for (index, probability) in row.enumerated() {
      all.add(confidence: probability, occurs: gold.contains(index))
      byClass[index].add(confidence: probability, occurs: gold.contains(index))
    }
  }
}

extension Gold {
  fileprivate var isList: Bool { if case .several = self { true } else { false } }
}
