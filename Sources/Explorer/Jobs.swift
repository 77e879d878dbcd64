public import Attribution
public import Classifiers

/// Counts the states of the text: each edit makes a new edition, each answer names its own.
public typealias Edition = Int

/// Whose question it is: the explorer's model, or one that stands beside it on Compare.
public enum ModelSeat: Sendable, Hashable { case main, other }

/// Which explanation is asked for.
public struct ExplanationChoice: Sendable, Hashable {
  /// The explainer's name on the command line.
  public var method: String
  public var classIndex: Int
  /// If given, the difference to this class is explained.
  public var versus: Int?
  public var quantity: Target.Quantity
  public var seat: ModelSeat

  public init(
    method: String, classIndex: Int, versus: Int? = nil, quantity: Target.Quantity,
    seat: ModelSeat = .main
  ) {
    self.method = method
    self.classIndex = classIndex
    self.versus = versus
    self.quantity = quantity
    self.seat = seat
  }

  /// What is explained, as a number computed from logits.
  public var target: Target { Target(classIndex: classIndex, versus: versus, quantity: quantity) }

  /// What random scores are measured for: any method's yardstick.
  var subject: Subject { Subject(classIndex: classIndex, versus: versus, seat: seat) }

  struct Subject: Hashable {
    var classIndex: Int
    var versus: Int?
    var seat: ModelSeat
  }
}

public struct PredictionRequest: Sendable, Equatable {
  public var edition: Edition
  public var text: String
  /// What is not to be read of it, as UTF-8 ranges.
  public var without: [Range<Int>]
  /// The text to compare it with, where something is tried.
  public var original: String?
  public var seat = ModelSeat.main
}

public struct PredictionAnswer: Sendable, Equatable {
  public var edition: Edition
  public var prediction: Prediction
  /// The probabilities for the text to compare it with.
  public var whole: [Float]?
  public var seconds: Double
  public var seat: ModelSeat

  public init(
    edition: Edition, prediction: Prediction, whole: [Float]? = nil, seconds: Double,
    seat: ModelSeat = .main
  ) {
    self.seat = seat
    self.edition = edition
    self.prediction = prediction
    self.whole = whole
    self.seconds = seconds
  }
}

public struct ExplanationJob: Sendable, Equatable {
  public var edition: Edition
  public var choice: ExplanationChoice
  /// How it is computed: the method's defaults, and what the user set.
  public var options: ExplainerOptions
  /// Counts the jobs, so that a job that was begun anew is not taken for the older one.
  public var number: Int
}

public struct ExplanationAnswer: Sendable, Equatable {
  public var job: ExplanationJob
  public var attribution: Attribution
  /// Since the job began.
  public var seconds: Double
  public var isFinal: Bool

  public init(job: ExplanationJob, attribution: Attribution, seconds: Double, isFinal: Bool) {
    self.job = job
    self.attribution = attribution
    self.seconds = seconds
    self.isFinal = isFinal
  }
}

/// Asks what the model says where some tokens are not there, for one or more groups of tokens.
public struct RemovalRequest: Sendable, Equatable {
  public var edition: Edition
  /// Indices of pieces, a list a group.
  public var groups: [[Int]]
}

public struct RemovalAnswer: Sendable, Equatable {
  public var edition: Edition
  public var groups: [[Int]]
  /// The probabilities of all classes, a list a group.
  public var probabilities: [[Float]]

  public init(edition: Edition, groups: [[Int]], probabilities: [[Float]]) {
    self.edition = edition
    self.groups = groups
    self.probabilities = probabilities
  }
}
