internal import Tokenizers

/// What a whole table adds up to: where the model is wrong.
public struct ExampleReport: Sendable {
  /// So many rows it stands on.
  public var rows: Int
  /// For one class a text only.
  public var confusion: Confusion?
  /// For several classes a text over all decisions, each class of each text.
  public var calibration: Calibration
  /// Nil where there is none, and where there are too many classes to keep all probabilities.
  public var temperature: Temperature?
  /// By class, for several classes a text only.
  public var classCalibrations: [Calibration]
  /// Errors of which the model was sure (above 0.9), and right answers of which it was not (below
  /// one half).
  public var overconfident: Int
  public var underconfident: Int
  public var slices: [SliceScore]
  /// How the rows are spread over their length, without the empty bins at both ends.
  public var lengths: [LengthBin]
  public var words: [ErrorWord]
  /// Rows of the table by their numbers, the most suspect first; empty for several classes a text.
  public var suspects: [LabelSuspect]
  /// With a second model's answers, where there are any; so many rows it stands on.
  public var agreement: ModelAgreement?
}

extension ExampleTable {
  /// Slices and words of fewer texts than this say nothing.
  private static let leastTexts = 5
  private static let mostSuspects = 5000

  /// - Parameter ownSlices: queries that the user looks at as slices.
  /// - Throws: `CancellationError`.
  public func report(ownSlices: [Query] = []) throws -> ExampleReport {
    var confusion = Confusion(classes: classes.count)
    var isMultiLabel = false
    var sureness = Sureness(classes: classes.count)
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
        sureness.add(chunk, index, isError: isError)
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
      rows: count, confusion: isMultiLabel ? nil : confusion, calibration: sureness.all,
      temperature: try sureness.temperature?.fit(),
      classCalibrations: isMultiLabel ? sureness.byClass : [],
      overconfident: sureness.overconfident, underconfident: sureness.underconfident,
      slices: slices.scores(atLeast: Self.leastTexts), lengths: lengths.bins,
      words: words.words(atLeast: Self.leastTexts).filter { $0.evidence > 0 },
      suspects: try suspects(thresholds), agreement: agreement)
  }

  /// The most suspect labels, in a second pass: what is kept does not grow with the rows.
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

  /// How two models agree, over the rows that the second one has answered.
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

/// How sure the model is, and whether it is right.
private struct Sureness {
  var all = Calibration()
  var byClass: [Calibration]
  var overconfident = 0
  var underconfident = 0
  /// Nil before the first row.
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
