internal import Classifiers
internal import Explorer

/// What workers leave in the mailbox.
enum Answer: Sendable {
  case event(Event)
  case modelOpened(Model)
  /// A job has ended, whatever came of it; each job posts it once, last.
  case jobEnded
}
