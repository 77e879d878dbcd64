public import Attribution
public import Classifiers
public import Tokenizers

/// A question about the text on the screen that takes more than one look at the model; one is asked
/// at a time, and the next prediction cancels it.
public struct ProbeRequest: Sendable, Equatable {
  public enum Question: Sendable, Equatable {
    /// The words that the model holds for alike, at a place of the text.
    case neighbours(Range<Int>)
    /// A typed word in that place.
    case word(String, Range<Int>)
    case trajectory
    case flips
    /// One phrase, or two together.
    case phrase(Range<Int>, and: Range<Int>?)
    /// The tokenizer's steps.
    case trace
    case robustness
    /// The map of another text than the present one.
    case explain(EditedText, ExplanationChoice)
  }

  public var edition: Edition
  /// Counts the requests: an answer to an older one is dropped.
  public var number: Int
  public var subject: EditedText
  /// The class that is looked at.
  public var classIndex: Int
  public var question: Question
  /// How an explanation is computed.
  public var options: ExplainerOptions

  public init(
    edition: Edition, number: Int, subject: EditedText, classIndex: Int, question: Question,
    options: ExplainerOptions = ExplainerOptions()
  ) {
    self.options = options
    self.edition = edition
    self.number = number
    self.subject = subject
    self.classIndex = classIndex
    self.question = question
  }
}

public struct ProbeAnswer: Sendable, Equatable {
  public enum Finding: Sendable, Equatable {
    case neighbours([WordNeighbours.Candidate])
    case word(WordNeighbours.Candidate)
    case trajectory(PrefixTrajectory.Result)
    case flips(FlipFinder.Result)
    case phrase(PhraseReading)
    case trace(TokenizationTrace)
    case robustness(Robustness.Result)
    case explained(Prediction, Attribution)
    /// The reason as a sentence.
    case failed(String)
  }

  public var request: ProbeRequest
  public var finding: Finding
  public var isFinal: Bool

  public init(request: ProbeRequest, finding: Finding, isFinal: Bool) {
    self.request = request
    self.finding = finding
    self.isFinal = isFinal
  }
}
