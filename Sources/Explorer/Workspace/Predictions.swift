public import Classifiers
internal import Tokenizers

/// What a model says of a state of the text.
public struct PredictionAnswer: Sendable, Equatable {
  public var edition: Edition
  public var prediction: Prediction
  /// The probabilities for the text to compare it with.
  public var whole: [Float]?
  /// Where the text is too long to be read at once.
  public var windows: TextWindows?
  public var seconds: Double
}

/// What the model says of the text, and what it said before.
public struct Predictions: Sendable {
  /// The newest one; of an older edition while the newer one is computed.
  public internal(set) var latest: PredictionAnswer?
  /// The edition that was asked about last.
  var requestedEdition: Edition?
  /// What the model says of the text as it was, while something is tried.
  var whole: [Float]?
  /// The probabilities at the keystroke before.
  private(set) var previous: [Float]?
  /// The probabilities after each of the last edits, the newest last.
  private(set) var history: [[Float]] = []
  var problem: String?

  private static let longestHistory = 64

  /// - Parameter isBlank: there was nothing to read in the text: no step of the history.
  mutating func receive(_ answer: PredictionAnswer, isBlank: Bool) {
    if let latest, latest.edition != answer.edition {
      let isOfText = !latest.prediction.encoding.joinedTexts.joined.allSatisfy(\.isWhitespace)
      previous = isOfText ? latest.prediction.probabilities : nil
    }
    latest = answer
    whole = answer.whole
    problem = nil
    if !isBlank { history.append(answer.prediction.probabilities) }
    if history.count > Self.longestHistory {
      history.removeFirst(history.count - Self.longestHistory)
    }
  }

  /// Drops everything that the previous model said.
  mutating func forget() {
    (latest, problem, previous, whole) = (nil, nil, nil, nil)
    history = []
  }
}
