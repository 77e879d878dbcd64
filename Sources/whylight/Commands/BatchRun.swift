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
      $0
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
      atOnce: Self.takesSeveral(of: input, for: model) ? Self.linesAtOnce : 1, to: sink,
      compute: compute, write: write)
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

  private mutating func forEachRecord<Result: Sendable>(
    of input: InputOptions, for model: Model, atOnce: Int, to sink: borrowing Sink,
    compute: @Sendable (TextRecord) throws -> Result,
    write: (Result, TextRecord, _ index: Int) throws -> Void
  ) throws {
    var index = 0
    var failed = false
    var lines: [TextLine] = []
    func flush() throws {
      let (some, first) = (lines, index)
      lines = []
      index += some.count
      let results =
        some.count == 1
        ? [try Self.result(of: some[0], compute)]
        : try Workers.all.map(some.count) { place in
          try Workers.alone { try Self.result(of: some[place], compute) }
        }
      for (place, (line, result)) in zip(some, results).enumerated() {
        do {
          switch (line, result) {
          case (.record(let record), .some(let result)):
            try write(try result.get(), record, first + place)
          case (.bad(let line, let problem), _):
            failed = true
            try Self.report(line, Messages.sentence(problem), format, to: sink)
          case (.record, .none): break
          }
        } catch let error as any TextError where error.isAboutTheText {
          guard case .record(let record) = line else { throw error }
          failed = true
          try Self.report(record.line, Messages.sentence(error), format, to: sink)
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

  private static func result<Result: Sendable>(
    of line: TextLine, _ compute: (TextRecord) throws -> Result
  ) throws -> Swift.Result<Result, any Error>? {
    guard case .record(let record) = line else { return nil }
    return Swift.Result { try compute(record) }
  }

  private static func report(
    _ line: Int, _ sentence: String, _ format: OutputFormat, to sink: borrowing Sink
  ) throws {
    if let output = format.badLine?(line, sentence) { return try sink.write(output) }
    StandardError.write(line: "whylight: line \(line): \(sentence)")
  }
}

extension Model {
  func predict(_ record: TextRecord) throws -> Prediction { try predict(encode(record)) }

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
