internal import Classifiers
internal import Datasets
internal import Documents
internal import Tokenizers

/// Goes through the input line by line: a bad line gets its error in its place and the run goes on.
struct BatchRun {
  enum ErrorForm { case json, plain }

  let format: ErrorForm
  private(set) var hasFailures = false

  init(format: ErrorForm) { self.format = format }

  mutating func forEachRecord(
    of input: InputOptions, to sink: borrowing Sink,
    _ body: (TextRecord, _ index: Int) throws -> Void
  ) throws {
    var index = 0
    var failed = false
    do {
      try input.forEachLine { line in
        switch line {
        case .record(let record): try body(record, index)
        case .bad(let line, let problem):
          failed = true
          switch format {
          case .json: try sink.write(ResultJSON.badLine(line, problem).line + "\n")
          case .plain:
            StandardError.write(line: "whylight: line \(line): \(Messages.sentence(problem))")
          }
        }
        index += 1
      }
    } catch let error as TextFileError {
      throw Failure.usage(Messages.sentence(error))
    }
    hasFailures = failed
  }
}

extension Model {
  func predict(_ record: TextRecord) throws -> Prediction {
    switch record.content {
    case .text(let text): try predict(tokenizer.encode(text))
    case .words(let words): try predict(tokenizer.encode(words: words))
    }
  }
}
