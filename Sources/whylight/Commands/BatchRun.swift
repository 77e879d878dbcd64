internal import Classifiers
internal import Datasets
internal import Reports
internal import Tensors
internal import Tokenizers

/// Processes the input line by line: an error is reported in place of a bad line's result, and the
/// run continues.
struct BatchRun {
  private let format: OutputFormat
  private(set) var hasFailures = false

  /// - Parameter format: determines where the error of a line is reported.
  init(format: OutputFormat) { self.format = format }

  /// Reports that a method does not apply to a text, in place of its result; if all methods were
  /// requested, this is not a failure and goes to standard error.
  static func note(
    _ failure: Failure, line: Int, isFailure: Bool, format: OutputFormat, to sink: borrowing Sink
  ) throws {
    if isFailure { return try report(line, failure.sentence, format, to: sink) }
    StandardError.write(line: "whylight: line \(line): \(failure.sentence)")
  }

  mutating func forEachRecord(
    of input: InputOptions, for model: Model, to sink: borrowing Sink,
    _ body: (TextRecord, _ index: Int) throws -> Void
  ) throws {
    try forEachRecord(of: input, for: model, atOnce: 1, to: sink) {
      $0.map { .success($0) }
    } write: { record, _, index in
      try body(record, index)
    }
  }

  /// The same in two steps; the first may run for several lines of a file at once, one on each
  /// core. Input from a pipe is processed line by line.
  /// - Parameters:
  ///   - compute: computes the result of a line.
  ///   - write: called in the order of the lines.
  mutating func forEachRecord<Result: Sendable>(
    of input: InputOptions, for model: Model, to sink: borrowing Sink,
    compute: @Sendable (TextRecord) throws -> Result,
    write: (Result, TextRecord, _ index: Int) throws -> Void
  ) throws {
    try forEachRecord(
      of: input, for: model,
      atOnce: Self.takesSeveral(of: input, for: model) ? Self.linesAtOnce : 1, to: sink
    ) { records in
      if records.count == 1 { return [Swift.Result { try compute(records[0]) }] }
      return try Workers.all.map(records.count) { place in
        Workers.alone { Swift.Result { try compute(records[place]) } }
      }
    } write: {
      try write($0, $1, $2)
    }
  }

  /// Predicts the texts: those of a file in batches, input from a pipe line by line. An external
  /// program receives one text at a time, so that what it answered before it fails is written.
  /// - Parameter write: called in the order of the lines.
  mutating func forEachPrediction(
    of input: InputOptions, for model: Model, to sink: borrowing Sink,
    write: (Prediction, TextRecord, _ index: Int) throws -> Void
  ) throws {
    let batches = input.isFile && model.facts.weightBytes > 0
    try forEachRecord(of: input, for: model, atOnce: batches ? Self.linesPerBatch : 1, to: sink) {
      records in
      let encodings = records.map { record in Result { try model.encode(record) } }
      var predictions = try model.predict(encodings.compactMap { try? $0.get() }).makeIterator()
      return encodings.compactMap { encoding -> Result<Prediction, any Error>? in
        switch encoding {
        case .success: predictions.next()
        case .failure(let error): .failure(error)
        }
      }
    } write: {
      try write($0, $1, $2)
    }
  }

  /// Whether several lines are processed at once.
  static func takesSeveral(of input: InputOptions, for model: Model) -> Bool {
    input.isFile && (1...mostWeightBytes).contains(model.facts.weightBytes)
  }

  /// A larger model's weights pass through the cache at each step, so its texts are processed in
  /// turn by all cores.
  private static let mostWeightBytes = 128 << 20
  /// Enough to keep the cores from waiting for the last line.
  private static let linesAtOnce = 24 * Workers.all.count
  /// Enough for batches of similar length.
  private static let linesPerBatch = 128

  /// - Parameter compute: computes a result for each record, in their order.
  private mutating func forEachRecord<Result>(
    of input: InputOptions, for model: Model, atOnce: Int, to sink: borrowing Sink,
    compute: ([TextRecord]) throws -> [Swift.Result<Result, any Error>],
    write: (Result, TextRecord, _ index: Int) throws -> Void
  ) throws {
    var index = 0
    var failed = false
    var lines: [TextLine] = []
    func flush() throws {
      let (some, first) = (lines, index)
      lines = []
      index += some.count
      let records = some.compactMap { if case .record(let record) = $0 { record } else { nil } }
      var results = try compute(records).makeIterator()
      for (place, line) in some.enumerated() {
        switch line {
        case .record(let record):
          do {
            guard let result = results.next() else { return }
            try write(try result.get(), record, first + place)
          } catch let error as any TextError where error.isAboutTheText {
            failed = true
            try Self.report(record.line, Messages.sentence(error), format, to: sink)
          }
        case .bad(let line, let problem):
          failed = true
          try Self.report(line, Messages.sentence(problem), format, to: sink)
        }
      }
    }
    do {
      try input.forEachLine(readsPairs: model.tokenizer.readsPairs) { line in
        lines.append(line)
        if lines.count >= atOnce { try flush() }
      }
      if !lines.isEmpty { try flush() }
    } catch {
      // Results of earlier lines are written before the error.
      if !lines.isEmpty, !(error is CancellationError) { try flush() }
      if let error = error as? TextFileError { throw Failure.usage(Messages.sentence(error)) }
      if let error = error as? ExternalProcessError { throw Failure.run(Messages.sentence(error)) }
      throw error
    }
    hasFailures = failed
  }

  private static func report(
    _ line: Int, _ sentence: String, _ format: OutputFormat, to sink: borrowing Sink
  ) throws {
    if let output = format.badLine?(line, sentence) { return try sink.write(output) }
    StandardError.write(line: "whylight: line \(line): \(sentence)")
  }
}

extension Model {
  /// - Throws: `ClassifierError.secondTextBesideLabels`.
  func encode(_ record: TextRecord) throws -> Encoding {
    if record.content.secondText != nil, dropsSecondText {
      throw ClassifierError.secondTextBesideLabels
    }
    return tokenizer.encode(record.content)
  }

  /// What it says, and what a pass of it takes.
  func timedPrediction(_ encoding: Encoding) throws -> (Prediction, PassTime) {
    let start = ContinuousClock.now
    let prediction = try predict(encoding)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return (prediction, PassTime(seconds: seconds, tokens: encoding.pieces.count))
  }
}
