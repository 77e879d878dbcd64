internal import Classifiers
internal import Explorer

/// What workers leave in the mailbox.
enum Answer: Sendable {
  case event(Event)
  /// For the request of that number.
  case modelOpened(Model, number: Int)
  case modelFailed(reason: String, number: Int)
  /// A job has ended, whatever came of it; each job posts it once, last.
  case jobEnded
}
