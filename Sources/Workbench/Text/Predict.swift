public import Attribution
public import Classifiers
public import Tokenizers

extension Lane {
  public static let prediction = Lane("prediction")
  public static let otherPrediction = Lane("prediction by the other model")
}

/// A model's prediction for a text.
public struct Predict: Question {
  public struct Answer: Sendable, Equatable {
    public var prediction: Prediction
    /// The probabilities for the original text.
    public var whole: [Float]?
    /// Set if the text is too long to be read at once.
    public var windows: TextWindows?
    public var seconds: Double

    public init(
      prediction: Prediction, whole: [Float]? = nil, windows: TextWindows? = nil, seconds: Double
    ) {
      self.prediction = prediction
      self.whole = whole
      self.windows = windows
      self.seconds = seconds
    }
  }

  public var text: EditedText
  /// The text to compare with, if edits are tried.
  public var original: JoinedTexts?
  public var seat: ModelSeat

  public init(_ text: EditedText, original: JoinedTexts? = nil, seat: ModelSeat = .main) {
    self.text = text
    self.original = original
    self.seat = seat
  }

  public var lane: Lane { seat == .main ? .prediction : .otherPrediction }

  /// Computations for an older text would only be in the way.
  public var displaces: [Lane] {
    seat == .main ? [.otherPrediction, .explanation, .removal, .trust, .whatIf] : []
  }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    let model = try lab.model(in: seat)
    try Task.checkCancellation()
    let ((prediction, whole), seconds) = try lab.timed {
      let encoding = model.encode(text.texts)
      let prediction = try model.predict(encoding.without(text.off))
      let original = try original.map {
        try model.predict(
          $0 == text.texts ? encoding : model.model.tokenizer.encode($0.text, pair: $0.pair))
      }
      return (prediction, original?.probabilities)
    }
    return Answer(
      prediction: prediction, whole: whole, windows: model.model.windows(of: prediction.encoding),
      seconds: seconds)
  }
}
