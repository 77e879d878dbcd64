internal import Documents
internal import Foundation
internal import Synchronization
public import Tensors

/// A model that a program of the user's own runs: it is asked for probabilities, a line of JSON at a
/// time, and for nothing else. See `docs/external-models.md`.
///
/// Calls from several threads wait for each other. A program that ended is started anew and asked
/// again. One that took longer than it may is ended, which its asker hears at once, and started anew
/// for the next question. After four starts in a row without an answer the model stays unusable.
public final class ExternalProcess: Classifier {
  public let classes: [String]
  public let link: OutputLink
  let command: String
  let timeLimit: Duration
  let greeting: ExternalGreeting
  let words: ExternalWords
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var exchange: LineExchange?
    /// Starts in a row that led to no answer.
    var failures = 0
    var last: ExternalProcessError?
    /// The answer to one text that was read for its tokens, as its classification is asked for next.
    var recent: (ids: [Int], probabilities: [Double])?
  }

  private static let startLimit = 4

  /// Starts the program and waits for its first answer.
  /// - Parameters:
  ///   - command: for `/bin/sh -c`.
  ///   - timeLimit: for each answer.
  /// - Throws: `ExternalProcessError`, `CancellationError`.
  public init(command: String, timeLimit: Duration = .seconds(120)) throws {
    guard command.contains(where: { !$0.isWhitespace }) else {
      throw ExternalProcessError.noCommand
    }
    let (exchange, greeting) = try Self.firstStart(command: command, timeLimit: timeLimit)
    self.command = command
    self.timeLimit = timeLimit
    self.greeting = greeting
    classes = greeting.classes
    link = greeting.isMultiLabel ? .sigmoid : .softmax
    words = ExternalWords(mask: greeting.mask, unknown: greeting.unknown)
    state = Mutex(State(exchange: exchange))
  }

  /// Logits whose softmax or sigmoid are the program's probabilities.
  /// - Throws: `ExternalProcessError`, `ClassifierError`, `CancellationError`.
  public func logits(for batch: [[Int]]) throws -> Matrix {
    var rows = [[Double]](repeating: [], count: batch.count)
    var missing: [(index: Int, row: ExternalRow)] = []
    for (index, ids) in batch.enumerated() {
      if let known = state.withLock({ $0.recent?.ids == ids ? $0.recent?.probabilities : nil }) {
        rows[index] = known
      } else {
        missing.append((index, try words.row(ids, asTokens: greeting.takesTokens)))
      }
    }
    // Texts and lists of tokens can't go in one request.
    for isTokens in [false, true] {
      let kind = missing.filter { $0.row.isTokens == isTokens }
      for start in stride(from: 0, to: kind.count, by: greeting.batch) {
        let part = kind[start..<min(start + greeting.batch, kind.count)]
        let answer = try ask(part.map(\.row))
        for (entry, probabilities) in zip(part, answer.probabilities) {
          rows[entry.index] = probabilities
        }
      }
    }
    return Matrix(
      rows: batch.count, columns: classes.count, elements: rows.flatMap { $0.map(logit) })
  }

  public func rowsPerCall(tokens: Int) -> Int { greeting.batch }

  private func logit(_ probability: Double) -> Float {
    // What no Float tells from 0 or 1 stays finite.
    let p = min(max(probability, 1e-30), 1)
    return link == .softmax ? Float(log(p)) : Float(log(p) - log(max(1 - p, 1e-16)))
  }

  /// How the program itself reads a text; nil where it does not say.
  func tokens(of text: String, ids: ([ExternalToken]) -> [Int]) -> [ExternalToken]? {
    guard greeting.givesTokens, let answer = try? ask([.text(text)], wantsTokens: true),
      let tokens = answer.tokens?.first
    else { return nil }
    let ids = ids(tokens)
    state.withLock { $0.recent = (ids, answer.probabilities[0]) }
    return tokens
  }

  // MARK: - Asking

  private func ask(
    _ rows: [ExternalRow], wantsTokens: Bool = false
  ) throws -> ExternalAnswer {
    let request =
      rows.first?.isTokens == true
      ? JSON.object([.init("tokens", .array(rows.map { .array($0.parts.map(JSON.string)) }))])
      : JSON.object([.init("texts", .array(rows.map { .string($0.parts.joined()) }))])
    let line = try state.withLock { state in try Self.answer(request.line, &state, self) }
    return try ExternalAnswer(
      line, rows: rows.count, greeting: greeting, wantsTokens: wantsTokens)
  }

  private static func answer(
    _ line: String, _ state: inout State, _ model: ExternalProcess
  ) throws -> [UInt8] {
    while state.failures < startLimit {
      try Task.checkCancellation()
      do {
        if state.exchange == nil { state.exchange = try model.restarted() }
        guard let answer = try state.exchange?.answer(to: line, within: model.timeLimit) else {
          continue
        }
        state.failures = 0
        return answer
      } catch let error as ExternalProcessError {
        state.exchange = nil
        state.failures += 1
        state.last = error
        if !error.isEnd { throw error }
      }
    }
    throw ExternalProcessError.gaveUp(
      starts: startLimit, last: state.last ?? .ended(status: 0))
  }

  /// Starts a program until it answers.
  private static func firstStart(
    command: String, timeLimit: Duration
  ) throws -> (LineExchange, ExternalGreeting) {
    var failures = 0
    while true {
      do {
        return try start(command: command, timeLimit: timeLimit)
      } catch let error as ExternalProcessError where error.isEnd {
        failures += 1
        if failures == startLimit {
          throw ExternalProcessError.gaveUp(starts: startLimit, last: error)
        }
      }
    }
  }

  private static func start(
    command: String, timeLimit: Duration
  ) throws -> (LineExchange, ExternalGreeting) {
    try Task.checkCancellation()
    var exchange = try LineExchange(command: command)
    let line = try exchange.answer(to: ExternalGreeting.request.line, within: timeLimit)
    return (exchange, try ExternalGreeting(line))
  }

  /// A new program has to be the same model.
  private func restarted() throws -> LineExchange {
    let (exchange, again) = try Self.start(command: command, timeLimit: timeLimit)
    guard again.classes == classes else {
      throw ExternalProcessError.otherClasses(expected: classes, found: again.classes)
    }
    return exchange
  }
}
