internal import Documents
internal import Glibc
internal import Synchronization
public import Tensors
public import Tokenizers

/// A model run by an external program, which only has to answer with probabilities, in one line of
/// JSON at a time. See `docs/external-models.md`.
///
/// Concurrent calls wait for each other. A program that ended is restarted and asked again. One
/// that exceeded its time limit is ended, the caller gets the error at once, and the program is
/// restarted for the next request; the same goes for one whose answers can no longer be matched to
/// requests. After four starts in a row without an answer, the model stays unusable.
public final class ExternalProcess: Classifier {
  public let classes: [String]
  public let link: OutputLink
  public var traits: ClassifierTraits { ClassifierTraits(cutsTexts: true) }
  let command: String
  let timeLimit: Duration
  let greeting: ExternalGreeting
  let words: ExternalWords
  private let now: @Sendable () -> ContinuousClock.Instant
  private let remark: @Sendable (ProgramRemark) -> Void
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var exchange: LineExchange?
    /// Consecutive starts without an answer.
    var failures = 0
    var last: ExternalProcessError?
    /// The number of the next request.
    var id = 1
    /// The answer to a text that was just tokenized, because its classification is requested next.
    var recent: (tokens: [Token], answer: ModelAnswer)?
  }

  private static let startLimit = 4

  /// Per answer.
  public static let usualTimeLimit = Duration.seconds(120)

  /// Starts the program and waits for its first answer.
  /// - Parameters:
  ///   - command: passed to `/bin/sh -c`.
  ///   - timeLimit: the time limit per answer.
  ///   - now: the clock for time limits.
  ///   - remark: called with the program's messages on standard error, on any thread.
  /// - Throws: `ExternalProcessError`, `CancellationError`.
  public init(
    command: String, timeLimit: Duration = ExternalProcess.usualTimeLimit,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    remark: @escaping @Sendable (ProgramRemark) -> Void = { _ in }
  ) throws {
    guard command.contains(where: { !$0.isWhitespace }) else {
      throw ExternalProcessError.noCommand
    }
    let (exchange, greeting) = try Self.firstStart(
      command: command, timeLimit: timeLimit, now: now, remark: remark)
    self.command = command
    self.timeLimit = timeLimit
    self.now = now
    self.remark = remark
    self.greeting = greeting
    classes = greeting.classes
    link = greeting.isMultiLabel ? .sigmoid : .softmax
    words = ExternalWords(mask: greeting.mask, unknown: greeting.unknown)
    state = Mutex(State(exchange: exchange))
  }

  /// Logits whose softmax or sigmoid are the program's probabilities.
  /// - Throws: `ExternalProcessError`, `ClassifierError`, `CancellationError`.
  public func logits(for batch: [[Token]]) throws -> Matrix {
    Matrix(
      rows: batch.count, columns: classes.count,
      elements: try answers(for: batch).flatMap(\.logits))
  }

  /// Like `logits(for:)`, with the part that the program says it cut off.
  public func answers(for batch: [[Token]]) throws -> [ModelAnswer] {
    var rows = [ModelAnswer](repeating: ModelAnswer(logits: []), count: batch.count)
    var missing: [(index: Int, row: ExternalRow)] = []
    for (index, tokens) in batch.enumerated() {
      if let known = state.withLock({ $0.recent?.tokens == tokens ? $0.recent?.answer : nil }) {
        rows[index] = known
      } else {
        missing.append((index, try words.row(tokens, asTokens: greeting.takesTokens)))
      }
    }
    if !greeting.takesPairs, missing.contains(where: { $0.row.kind == .pair }) {
      throw ExternalProcessError.noPairs
    }
    for kind in ExternalRow.Kind.allCases {
      let kind = missing.filter { $0.row.kind == kind }
      for start in stride(from: 0, to: kind.count, by: greeting.batch) {
        let part = kind[start..<min(start + greeting.batch, kind.count)]
        let answer = try ask(part.map(\.row))
        for (row, entry) in part.enumerated() { rows[entry.index] = modelAnswer(answer, row) }
      }
    }
    return rows
  }

  public func rowsPerCall(tokens: Int) -> Int { greeting.batch }

  private func modelAnswer(_ answer: ExternalAnswer, _ row: Int) -> ModelAnswer {
    ModelAnswer(
      logits: answer.probabilities[row].map(logit), truncation: answer.truncations[row])
  }

  private func logit(_ probability: Double) -> Float {
    // Keeps logits finite for probabilities that a Float does not distinguish from 0 or 1.
    let p = min(max(probability, 1e-30), 1)
    return link == .softmax ? Float(log(p)) : Float(log(p) - log(max(1 - p, 1e-16)))
  }

  /// How the program itself tokenizes a text; nil if it does not say.
  /// - Parameter ids: returns the classifier's ids of tokens.
  /// - Returns: the answer that came with the tokens.
  func readTokens(of text: String, ids: ([ExternalToken]) -> [Int]) -> ModelAnswer? {
    guard greeting.givesTokens, let answer = try? ask([.text(text)], wantsTokens: true),
      let tokens = answer.tokens?.first
    else { return nil }
    let ids = ids(tokens)
    let first = modelAnswer(answer, 0)
    state.withLock { $0.recent = (ids.map { Token(id: $0) }, first) }
    return first
  }

  // MARK: - Asking

  private func ask(
    _ rows: [ExternalRow], wantsTokens: Bool = false
  ) throws -> ExternalAnswer {
    let content = Self.members(of: rows)
    return try state.withLock { state in
      let id = state.id
      state.id += 1
      return try Self.answer(.object(content + [.init("id", .integer(id))]), &state, self) { line in
        try ExternalAnswer(
          line, id: id, rows: rows.count, greeting: greeting, wantsTokens: wantsTokens)
      }
    }
  }

  /// - Parameter rows: all of one kind.
  private static func members(of rows: [ExternalRow]) -> [JSON.Member] {
    var texts: [JSON] = []
    var pairs: [JSON] = []
    var tokens: [JSON] = []
    for row in rows {
      switch row {
      case .text(let text): texts.append(.string(text))
      case .pair(let text, let pair):
        texts.append(.string(text))
        pairs.append(.string(pair))
      case .tokens(let list): tokens.append(.array(list.map(JSON.string)))
      }
    }
    if !tokens.isEmpty { return [.init("tokens", .array(tokens))] }
    return [.init("texts", .array(texts))] + (pairs.isEmpty ? [] : [.init("pairs", .array(pairs))])
  }

  private static func answer(
    _ request: JSON, _ state: inout State, _ model: ExternalProcess,
    _ read: ([UInt8]) throws -> ExternalAnswer
  ) throws -> ExternalAnswer {
    func fail(_ error: ExternalProcessError, after failures: Int) {
      state.exchange = nil
      state.failures = failures + 1
      state.last = error
    }
    while state.failures < startLimit {
      try Task.checkCancellation()
      let failures = state.failures
      let line: [UInt8]
      do {
        var exchange = try state.exchange.take() ?? model.restarted()
        defer { state.exchange = exchange }
        line = try exchange.answer(to: request.line, within: model.timeLimit)
      } catch let error as ExternalProcessError {
        fail(error, after: failures)
        if error.isEnd { continue }
        throw error
      }
      state.failures = 0
      do { return try read(line) } catch let error as ExternalProcessError {
        if error.isOutOfStep { fail(error, after: failures) }
        throw error
      }
    }
    throw ExternalProcessError.gaveUp(
      starts: startLimit, last: state.last ?? .ended(status: 0))
  }

  /// Starts a program, again if necessary, until it answers.
  private static func firstStart(
    command: String, timeLimit: Duration,
    now: @escaping @Sendable () -> ContinuousClock.Instant,
    remark: @escaping @Sendable (ProgramRemark) -> Void
  ) throws -> (LineExchange, ExternalGreeting) {
    var failures = 0
    while true {
      do {
        return try start(command: command, timeLimit: timeLimit, now: now, remark: remark)
      } catch let error as ExternalProcessError where error.isEnd {
        failures += 1
        if failures == startLimit {
          throw ExternalProcessError.gaveUp(starts: startLimit, last: error)
        }
      }
    }
  }

  private static func start(
    command: String, timeLimit: Duration,
    now: @escaping @Sendable () -> ContinuousClock.Instant,
    remark: @escaping @Sendable (ProgramRemark) -> Void
  ) throws -> (LineExchange, ExternalGreeting) {
    try Task.checkCancellation()
    var exchange = try LineExchange(command: command, now: now, remark: remark)
    let request = JSON.object(ExternalGreeting.request + [.init("id", .integer(0))])
    let line = try exchange.answer(to: request.line, within: timeLimit)
    return (exchange, try ExternalGreeting(line, id: 0))
  }

  /// The restarted program has to be the same model.
  private func restarted() throws -> LineExchange {
    let (exchange, again) = try Self.start(
      command: command, timeLimit: timeLimit, now: now, remark: remark)
    guard again.classes == classes else {
      throw ExternalProcessError.otherClasses(expected: classes, found: again.classes)
    }
    return exchange
  }
}
