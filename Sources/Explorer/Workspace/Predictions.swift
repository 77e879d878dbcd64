public import Classifiers
internal import Tokenizers

/// A model's answer for one edition of the text.
public struct PredictionAnswer: Sendable, Equatable {
  public var edition: Edition
  public var prediction: Prediction
  /// The probabilities for the original text, which an experiment is compared with.
  public var whole: [Float]?
  /// The windows in which a text is read that is too long for the model.
  public var windows: TextWindows?
  public var seconds: Double
}

/// The model's answers for the present text and for the latest edits.
public struct Predictions: Sendable {
  /// The latest answer; for an older edition while the newer one is computed.
  public internal(set) var latest: PredictionAnswer?
  /// The edition that was last asked about.
  var requestedEdition: Edition?
  /// The probabilities for the original text while something is tried on it.
  var whole: [Float]?
  /// The probabilities before the last keystroke.
  private(set) var previous: [Float]?
  /// The probabilities after each of the last edits, the newest last.
  private(set) var history: [[Float]] = []
  var problem: String?

  /// Whether the next answer is about another text, which no edit led to.
  private var isOfOtherText = false

  private static let longestHistory = 64

  /// Another text was opened: what edits changed is told from that text on.
  mutating func beginWithOtherText() {
    (previous, history, isOfOtherText) = (nil, [], true)
  }

  /// - Parameter isBlank: whether the text is blank, so that the answer is not added to the
  ///   history.
  mutating func receive(_ answer: PredictionAnswer, isBlank: Bool) {
    if isOfOtherText {
      isOfOtherText = false
    } else if let latest, latest.edition != answer.edition {
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

  /// Drops all answers of the previous model.
  mutating func forget() {
    (latest, problem, previous, whole) = (nil, nil, nil, nil)
    (history, isOfOtherText) = ([], false)
  }
}
