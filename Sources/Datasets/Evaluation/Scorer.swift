public import Classifiers
internal import Tensors
public import Tokenizers

/// What became of a row.
public enum ScoredLine: Sendable {
  case scored(Example, ModelAnswer)
  case bad(BadRow)
}

/// Asks a model about many texts: in batches of like length for speed, answered in the order of the
/// rows. A row's answer never depends on what else is in its batch.
public struct Scorer {
  private let model: Model
  private let memory: (any PredictionMemory)?
  private let body: (ScoredLine) throws -> Void
  private let progress: (Int) -> Void

  private var held: [DatasetLine] = []
  private var heldBytes = 0

  /// So many rows are sorted by length at a time: enough to fill batches, and soon computed, for
  /// somebody may look at them as they come.
  private var windowRows = 128
  private static let windowSizes = 64...2048
  private static let windowBytes = 4 << 20

  /// - Parameters:
  ///   - memory: what the model said before.
  ///   - progress: called with the count of rows that were answered, more often than `body`.
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

  /// - Throws: what the model and `body` throw.
  public mutating func add(_ line: DatasetLine) throws {
    held.append(line)
    if case .example(let example) = line { heldBytes += example.content.utf8Count }
    if held.count >= windowRows || heldBytes >= Self.windowBytes { try flush() }
  }

  /// Answers the rows that are still held.
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

  /// A second text that would not be read: half of a row is no row.
  private func isRefused(_ example: Example) -> Bool {
    example.pair != nil && model.dropsSecondText
  }

  private mutating func fitWindow(_ time: Duration) {
    let sizes = Self.windowSizes
    if time < .milliseconds(500) { windowRows = min(2 * windowRows, sizes.upperBound) }
    if time > .seconds(2) { windowRows = max(windowRows / 2, sizes.lowerBound) }
  }

  /// Each row alone: a text that the model refuses costs its own row.
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
    let tokens = texts.map(\.tokens)
    let byLength = missing.indices.sorted { (tokens[$0].count, $0) < (tokens[$1].count, $1) }
    var rest = byLength[...]
    while !rest.isEmpty {
      try Task.checkCancellation()
      let batch = nextBatch(rest, tokens)
      rest = rest.dropFirst(batch.count)
      let results = try answer(batch.map { tokens[$0] })
      var fresh: [(content: TextRecord.Content, answer: ModelAnswer)] = []
      for (position, result) in zip(batch, results) {
        let result = result.map { answer in
          ModelAnswer(
            logits: answer.logits, truncation: texts[position].truncation ?? answer.truncation)
        }
        answers[missing[position]] = result
        if case .success(let answer) = result {
          fresh.append((contents[missing[position]], answer))
        }
      }
      try memory?.remember(fresh.map(\.content), answers: fresh.map(\.answer))
      progress(batch.count)
    }
    return answers.compactMap(\.self)
  }

  /// All at once, and where that is refused each row by itself.
  private func answer(_ rows: [[Token]]) throws -> [Result<ModelAnswer, TextLineProblem>] {
    do {
      return try model.classifier.answers(for: rows).map { .success($0) }
    } catch let error {
      guard let problem = Self.problem(error) else { throw error }
      guard rows.count > 1 else { return [.failure(problem)] }
      return try rows.flatMap { row in
        try Task.checkCancellation()
        return try answer([row])
      }
    }
  }

  /// What is wrong with a text; nil where an error is about something else.
  private static func problem(_ error: any Error) -> TextLineProblem? {
    switch error {
    case let error as ClassifierError where error.isAboutTheText: .refused(error)
    case let error as ExternalProcessError where error.isAboutTheText: .refusedByProgram(error)
    default: nil
    }
  }

  /// As many of the shortest as one call should carry.
  private func nextBatch(_ rest: ArraySlice<Int>, _ texts: [[Token]]) -> [Int] {
    var count = 0
    for position in rest {
      // Longer rows allow fewer in a call.
      guard count == 0 || count < model.classifier.rowsPerCall(tokens: texts[position].count) else {
        break
      }
      count += 1
    }
    return Array(rest.prefix(count))
  }
}

/// What a model said of texts before.
public protocol PredictionMemory {
  /// An answer a text, nil where it is a new one.
  func recall(_ contents: [TextRecord.Content]) throws -> [ModelAnswer?]
  func remember(_ contents: [TextRecord.Content], answers: [ModelAnswer]) throws
}

extension Tokenizer {
  /// Pieces of a text, or of the words that somebody split already.
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
