internal import Classifiers
internal import Datasets
internal import Reports
internal import Tokenizers

/// Goes through the input line by line: a bad line gets its error in its place and the run goes on.
struct BatchRun {
  private let format: OutputFormat
  private(set) var hasFailures = false

  /// - Parameter format: says where the error of a line is told.
  init(format: OutputFormat) { self.format = format }

  /// What one method can't do for one text, in the place of its result; where all methods were
  /// asked for, it is no failure and stands on standard error.
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
    var index = 0
    var failed = false
    do {
      try input.forEachLine(readsPairs: model.tokenizer.readsPairs) { line in
        switch line {
        case .record(let record):
          do {
            try body(record, index)
          } catch let error as any TextError where error.isAboutTheText {
            failed = true
            try Self.report(record.line, Messages.sentence(error), format, to: sink)
          }
        case .bad(let line, let problem):
          failed = true
          try Self.report(line, Messages.sentence(problem), format, to: sink)
        }
        index += 1
      }
    } catch let error as TextFileError {
      throw Failure.usage(Messages.sentence(error))
    } catch let error as ExternalProcessError {
      throw Failure.run(Messages.sentence(error))
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
  func predict(_ record: TextRecord) throws -> Prediction {
    if case .pair = record.content, (tokenizer as? DerivedTokenizer)?.dropsSecondText == true {
      throw ClassifierError.secondTextBesideLabels
    }
    return try predict(tokenizer.encode(record.content))
  }
}
