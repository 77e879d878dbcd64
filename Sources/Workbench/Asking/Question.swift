/// A question that is answered in the background. It contains everything that its answer depends
/// on, except the models and the data set, which the lab has: equal questions have equal answers.
public protocol Question: Sendable, Hashable {
  /// Both intermediate and final results.
  associatedtype Answer: Sendable

  /// A newer question in a lane cancels the older one.
  var lane: Lane { get }
  /// The lanes whose questions become obsolete once this one is asked.
  var displaces: [Lane] { get }
  /// A delay before it starts, so that work nobody has looked at yet does not slow down typing.
  var pause: Duration { get }
  /// Whether an intermediate result may be skipped if a better one follows at once. False for a
  /// part that is added to others.
  static func mayBeSkipped(_ progress: Answer) -> Bool
  /// The minimum time between two intermediate results that may be skipped.
  static var interval: Duration { get }

  /// Computes the answer, in the task of the call.
  /// - Parameter progress: must only be called from the thread of the call.
  /// - Throws: `CancellationError` soon after the task's cancellation, usually within one model
  ///   pass; otherwise an error with the reason why there is no answer.
  func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer
}

extension Question {
  public var displaces: [Lane] { [] }
  public var pause: Duration { .zero }
  public static func mayBeSkipped(_ progress: Answer) -> Bool { false }
  public static var interval: Duration { .milliseconds(33) }
}

/// Receives intermediate results; an error that it throws ends the work.
public typealias Progress<Answer> = @Sendable (Answer) throws -> Void

/// A type-erased question, for comparison.
public struct AnyQuestion: Sendable, Hashable {
  public let base: any Question

  public init(_ base: any Question) { self.base = base }

  public static func == (a: AnyQuestion, b: AnyQuestion) -> Bool {
    func equals<Q: Question>(_ question: Q) -> Bool { question == b.base as? Q }
    return equals(a.base)
  }

  public func hash(into hasher: inout Hasher) { base.hash(into: &hasher) }
}
