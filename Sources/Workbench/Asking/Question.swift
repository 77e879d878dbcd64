/// Something that is found out beside the screen. It carries all that its answer depends on, the models
/// and the data set apart, which the lab has: two equal questions have equal answers.
public protocol Question: Sendable, Hashable {
  /// What is known on the way, and in the end.
  associatedtype Answer: Sendable

  /// A newer question in a lane cancels the older one.
  var lane: Lane { get }
  /// The lanes whose questions nobody needs answered once this one is asked.
  var displaces: [Lane] { get }
  /// How long it waits before it begins, so that what nobody has looked at yet does not slow down typing.
  var pause: Duration { get }
  /// What `progress` took need not reach anybody where better follows at once. False for a part that is
  /// added to others.
  static func mayBeSkipped(_ progress: Answer) -> Bool
  /// At least so much time lies between two answers that may be skipped.
  static var interval: Duration { get }

  /// Answers it, in the task of the call.
  /// - Parameter progress: may be called from the thread of the call alone.
  /// - Throws: `CancellationError` soon after the task's cancellation, as a rule within one model pass;
  ///   and facts about why there is no answer.
  func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer
}

extension Question {
  public var displaces: [Lane] { [] }
  public var pause: Duration { .zero }
  public static func mayBeSkipped(_ progress: Answer) -> Bool { false }
  public static var interval: Duration { .milliseconds(33) }
}

/// Takes what is known so far; what it throws ends the work.
public typealias Progress<Answer> = @Sendable (Answer) throws -> Void

/// Any question, to be compared with others.
public struct AnyQuestion: Sendable, Hashable {
  public let base: any Question

  public init(_ base: any Question) { self.base = base }

  public static func == (a: AnyQuestion, b: AnyQuestion) -> Bool {
    func equals<Q: Question>(_ question: Q) -> Bool { question == b.base as? Q }
    return equals(a.base)
  }

  public func hash(into hasher: inout Hasher) { base.hash(into: &hasher) }
}
