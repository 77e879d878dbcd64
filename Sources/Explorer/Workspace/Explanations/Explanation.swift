public import Attribution
public import Reports
public import Tokenizers
public import Workbench

/// An explanation as the explainer returned it, with the heatmap made from it.
public struct Explanation: Sendable, Equatable {
  public var job: ExplanationJob
  public var texts: JoinedTexts
  public var attribution: TokenAttribution
  public var map: HeatMap
  public var seconds: Double
  public var isFinal: Bool

  /// The text, or the layout of both.
  public var text: String { texts.joined }
}

/// An explanation that was asked for.
public struct ExplanationJob: Sendable, Equatable {
  public var edition: Edition
  public var choice: ExplanationChoice
  /// How it is computed: the method's defaults, and what the user set.
  public var options: ExplainerOptions
  /// By which a job that was begun anew is told from the older one.
  public var ticket: Ticket
}

extension ExplanationChoice {
  /// What random scores are measured for: any method's yardstick.
  var subject: Subject { Subject(classIndex: classIndex, versus: versus, seat: seat) }

  struct Subject: Hashable {
    var classIndex: Int
    var versus: Int?
    var seat: ModelSeat
  }
}
