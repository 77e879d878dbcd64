public import Classifiers
internal import Tensors
public import Tokenizers

/// The result for a row.
public enum ScoredLine: Sendable {
  case scored(Example, ModelAnswer)
  case bad(BadRow)
}

/// Runs a model on many texts: in batches of similar length for speed, with results in the order of
/// the rows. A row's result never depends on the other rows of its batch.
public struct Scorer {
  private let model: Model
  private let memory: (any PredictionMemory)?
  private let body: (ScoredLine) throws -> Void
  private let progress: (Int) -> Void

  private var held: [DatasetLine] = []
  private var heldBytes = 0

  /// How many rows are sorted by length at a time: enough to fill batches, but computed quickly,
  /// because results may be shown as they arrive.
  private var windowRows = 128
  private static let windowSizes = 64...2048
  private static let windowBytes = 4 << 20

  /// - Parameters:
  ///   - memory: stored predictions.
  ///   - progress: called with the number of finished rows, more often than `body`.
  ///   - body: called with each row in order.
  public init(
    _ model: Model, memory: (any PredictionMemory)? = nil,
    progress: @escaping (Int) -> Void = { _ in }, _ body: @escaping (ScoredLine) throws -> Void
  ) {
    self.model = model
    self.memory = memory
    self.progress = progress
    self.body = body
  }

  /// - Throws: errors of the model and of `body`.
  public mutating func add(_ line: DatasetLine) throws {
    held.append(line)
    if case .example(let example) = line { heldBytes += example.content.utf8Count }
    if held.count >= windowRows || heldBytes >= Self.windowBytes { try flush() }
  }

  /// Finishes the rows that are still waiting.
  public mutating func finish() throws { try flush() }

  private mutating func flush() throws {
    let lines = held
    held = []
    heldBytes = 0
    let clock = ContinuousClock()
    let start = clock.now
    defer { fitWindow(clock.now - start) }
    var contents: [TextRecord.Content] = []
    for case .example(let example) in lines where !isRefused(example) {
      contents.append(example.content)
    }
    var answers = try answers(to: contents).makeIterator()
    for line in lines {
      switch line {
      case .bad(let row): try body(.bad(row))
      case .example(let example) where isRefused(example):
        progress(1)
        try body(
          .bad(
            BadRow(
              index: example.index, line: example.line,
              problem: .refused(.secondTextBesideLabels))))
      case .example(let example):
        switch answers.next() {
        case nil: return
        case .success(let answer)?: try body(.scored(example, answer))
        case .failure(let problem)?:
          try body(
            .bad(BadRow(index: example.index, line: example.line, problem: problem)))
        }
      }
    }
  }

  /// Whether there is a second text that the model would not read: half a row is not scored.
  private func isRefused(_ example: Example) -> Bool {
    example.pair != nil && model.dropsSecondText
  }

  private mutating func fitWindow(_ time: Duration) {
    let sizes = Self.windowSizes
    if time < .milliseconds(500) { windowRows = min(2 * windowRows, sizes.upperBound) }
    if time > .seconds(2) { windowRows = max(windowRows / 2, sizes.lowerBound) }
  }

  /// A text that the model refuses costs only its own row.
  private func answers(
    to contents: [TextRecord.Content]
  ) throws -> [Result<ModelAnswer, TextLineProblem>] {
    let known = try memory?.recall(contents) ?? Array(repeating: nil, count: contents.count)
    var answers = known.map { $0.map(Result<ModelAnswer, TextLineProblem>.success) }
    let missing = contents.indices.filter { answers[$0] == nil }
    progress(contents.count - missing.count)
    let model = model
    let texts = try Workers.all.map(missing.count) { index in
      let encoding = model.tokenizer.encode(contents[missing[index]])
      return (tokens: encoding.tokens, truncation: model.truncation(of: encoding))
    }
    try model.answers(to: texts.map(\.tokens)) { places, results in
      var fresh: [(content: TextRecord.Content, answer: ModelAnswer)] = []
      for (place, result) in zip(places, results) {
        switch result {
        case .success(let answer):
          let answer = ModelAnswer(
            logits: answer.logits, truncation: texts[place].truncation ?? answer.truncation)
          answers[missing[place]] = .success(answer)
          fresh.append((contents[missing[place]], answer))
        case .failure(let error):
          guard let problem = Self.problem(error) else { throw error }
          answers[missing[place]] = .failure(problem)
        }
      }
      try memory?.remember(fresh.map(\.content), answers: fresh.map(\.answer))
      progress(places.count)
    }
    return answers.compactMap(\.self)
  }

  /// The problem with a text; nil if the error has another cause.
  private static func problem(_ error: any Error) -> TextLineProblem? {
    switch error {
    case let error as ClassifierError where error.isAboutTheText: .refused(error)
    case let error as ExternalProcessError where error.isAboutTheText: .refusedByProgram(error)
    default: nil
    }
  }
}

/// Stored predictions of a model.
public protocol PredictionMemory {
  /// One answer per text, nil if it is not stored.
  func recall(_ contents: [TextRecord.Content]) throws -> [ModelAnswer?]
  func remember(_ contents: [TextRecord.Content], answers: [ModelAnswer]) throws
}

extension Tokenizer {
  /// The encoding of a text, or of words that are already split.
  public func encode(_ content: TextRecord.Content) -> Encoding {
    switch content {
    case .text(let text): encode(text)
    case .pair(let text, let pair): encode(text, pair: pair)
    case .words(let words): encode(words: words)
    }
  }
}

extension TextRecord.Content {
  var utf8Count: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .pair(let text, let pair): text.utf8.count + pair.utf8.count
    case .words(let words): words.reduce(0) { $0 + $1.utf8.count }
    }
  }
}
