public import Attribution
public import Reports
public import Tokenizers
public import Workbench

/// An explainer's result, with the heatmap made from it.
public struct Explanation: Sendable, Equatable {
  public var job: ExplanationJob
  public var texts: JoinedTexts
  public var attribution: TokenAttribution
  public var map: HeatMap
  public var seconds: Double
  public var isFinal: Bool

  /// The text, or the joined layout of both texts.
  public var text: String { texts.joined }
}

/// A requested explanation.
public struct ExplanationJob: Sendable, Equatable {
  public var edition: Edition
  public var choice: ExplanationChoice
  /// The options that the user set; the others are the method's defaults.
  public var options: ExplainerOptions
  /// Distinguishes a restarted job from the earlier one.
  public var ticket: Ticket
}

extension ExplanationChoice {
  /// The part of a choice that the measures of random scores, the control, depend on.
  var subject: Subject { Subject(classIndex: classIndex, versus: versus, seat: seat) }

  struct Subject: Hashable {
    var classIndex: Int
    var versus: Int?
    var seat: ModelSeat
  }
}
