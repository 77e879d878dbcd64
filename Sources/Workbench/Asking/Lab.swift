public import Classifiers
internal import Synchronization
public import Tokenizers

/// Everything that a question may use to find its answer.
public struct Lab: Sendable {
  private var seats: [ModelSeat: SeatedModel] = [:]
  /// The current data set; nil if there is none.
  public var examples: (any ExampleSource)?
  public let surroundings: any Surroundings
  /// The time since some fixed moment, to measure durations.
  public let clock: @Sendable () -> Duration
  /// Receives the progress of this question.
  public private(set) var meter = Meter()

  public init(
    _ surroundings: any Surroundings, examples: (any ExampleSource)? = nil,
    clock: (@Sendable () -> Duration)? = nil
  ) {
    self.surroundings = surroundings
    self.examples = examples
    let start = ContinuousClock.now
    self.clock = clock ?? { ContinuousClock.now - start }
  }

  /// Puts a model in a seat; further questions about the seat use it.
  public mutating func seat(_ model: OpenedModel, in seat: ModelSeat) {
    seats[seat] = SeatedModel(model)
  }

  /// The same lab for one question.
  func measured(by meter: Meter) -> Lab {
    var lab = self
    lab.meter = meter
    return lab
  }

  /// - Throws: `QuestionError.noModel`.
  public func model(in seat: ModelSeat) throws -> SeatedModel {
    guard let model = seats[seat] else { throw QuestionError.noModel(seat) }
    return model
  }

  /// - Throws: `QuestionError.noExamples`.
  func openedExamples() throws -> any ExampleSource {
    guard let examples else { throw QuestionError.noExamples }
    return examples
  }

  /// The result of a call, and how many seconds it took.
  func timed<Result>(_ call: () throws -> Result) rethrows -> (Result, seconds: Double) {
    let begin = clock()
    let result = try call()
    return (result, (clock() - begin) / .seconds(1))
  }
}

/// A model in use, and the text that it read last.
public struct SeatedModel: Sendable {
  public let opened: OpenedModel
  private let typed: IncrementalPredictor
  private let last = LastEncoding()

  init(_ opened: OpenedModel) {
    self.opened = opened
    typed = IncrementalPredictor(opened.model)
  }

  public var model: Model { opened.model }

  /// The encoding of a text or a pair. The same text is not tokenized twice.
  public func encode(_ texts: JoinedTexts) -> Encoding {
    last.encoding(of: texts, by: model.tokenizer)
  }

  /// The model's prediction. Only the part of the text that changed since the last call is read, if
  /// the model supports this.
  /// - Throws: `CancellationError`, and errors of the classifier.
  public func predict(_ encoding: Encoding) throws -> Prediction { try typed.predict(encoding) }
}

private final class LastEncoding: Sendable {
  private let last = Mutex<Encoding?>(nil)

  func encoding(of texts: JoinedTexts, by tokenizer: any Tokenizer) -> Encoding {
    // Equal strings may differ in their bytes, and ranges count bytes.
    if let last = last.withLock(\.self), last.joinedTexts.hasBytes(of: texts) { return last }
    let encoding = tokenizer.encode(texts.text, pair: texts.pair)
    last.withLock { $0 = encoding }
    return encoding
  }
}
