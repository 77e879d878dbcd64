public import Classifiers
internal import Synchronization
public import Tokenizers

/// What a question may use to find its answer.
public struct Lab: Sendable {
  private var seats: [ModelSeat: SeatedModel] = [:]
  /// The data set that is looked at; nil where there is none.
  public var examples: (any ExampleSource)?
  public let surroundings: any Surroundings
  /// The time since some moment, by which work is measured.
  public let clock: @Sendable () -> Duration
  /// Takes how far the work on this question is.
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

  /// From now on questions about this seat are about this model.
  public mutating func seat(_ model: OpenedModel, in seat: ModelSeat) {
    seats[seat] = SeatedModel(model)
  }

  /// For one question.
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

  /// What a call gives, and how many seconds it took.
  func timed<Result>(_ call: () throws -> Result) rethrows -> (Result, seconds: Double) {
    let begin = clock()
    let result = try call()
    return (result, (clock() - begin) / .seconds(1))
  }
}

/// A model that is worked with, and what it read last.
public struct SeatedModel: Sendable {
  public let opened: OpenedModel
  private let typed: IncrementalPredictor
  private let last = LastEncoding()

  init(_ opened: OpenedModel) {
    self.opened = opened
    typed = IncrementalPredictor(opened.model)
  }

  public var model: Model { opened.model }

  /// The pieces of a text, or of a pair. What is asked about again is not split anew.
  public func encode(_ texts: JoinedTexts) -> Encoding {
    last.encoding(of: texts, by: model.tokenizer)
  }

  /// What the model says; of a text that was read last only what changed is read again, where the model
  /// can do that.
  /// - Throws: `CancellationError`, and what the classifier throws.
  public func predict(_ encoding: Encoding) throws -> Prediction { try typed.predict(encoding) }
}

private final class LastEncoding: Sendable {
  private let last = Mutex<Encoding?>(nil)

  func encoding(of texts: JoinedTexts, by tokenizer: any Tokenizer) -> Encoding {
    // equal strings may differ in their bytes, and ranges count bytes
    if let last = last.withLock(\.self), last.joinedTexts.hasBytes(of: texts) { return last }
    let encoding = tokenizer.encode(texts.text, pair: texts.pair)
    last.withLock { $0 = encoding }
    return encoding
  }
}
