public import TerminalUI
public import Workbench

/// Everything that can happen to the explorer.
public enum Event: Sendable {
  /// The first frame has been drawn; the rest of the work begins.
  case start(Start)
  case terminal(TerminalEvent)
  /// Keys that arrived together, for example from a terminal that sends a paste as if it were
  /// typed.
  case typed([Key])
  /// A partial answer to a question.
  case progress(Ticket, any Sendable)
  /// The final answer to a question.
  case answer(Ticket, any Sendable)
  case failure(Ticket, NoAnswer)
  /// The completions of the text in the path prompt.
  case completions(for: String, [PathCompletion])
  /// Sent at intervals while the user waits: the share of a model's weights that has been read, 0
  /// to 1, and the model passes so far of the explanation and of its measures; nil if unknown.
  case tick(opened: Double?, passes: Int? = nil, measured: Int? = nil)
  /// No key was pressed for the time that `Effect.awaitRest` specifies.
  case rested
  /// The notes about these rows of the table were saved; if not, the reason.
  case notesKept([Int], problem: String?)
  /// The data set that `Effect.openData` requested can be read.
  case dataOpened
  /// The data set can't be read; the reason is a sentence.
  case dataRefused(path: String, reason: String)
  /// The names of the available themes, the one in use, and whether that one has no colours.
  case themes([String], current: String, isMonochrome: Bool = false)
  case abilities(TerminalAbilities)
  /// The tour's caption from now on; nil ends the tour.
  case caption(String?)
  /// A notice for the status row.
  case notice(String)
  case problem(String)
  /// The text was copied to the clipboard, or why it was not, as part of a sentence.
  case copied(route: String)
  /// A frame was sent: its size in bytes, and what it showed for the first time since the last key.
  case drew(bytes: Int, timings: [KeyTiming])
  /// The time from the last keystroke to the screen, in seconds.
  case painted(seconds: Double)
  /// All events of this turn have been reported.
  case turnEnded
  /// The session could not be saved when the program was to end; the reason is part of a sentence.
  case saveFailed(reason: String)
  /// A signal asks the program to end with this exit status.
  case terminate(status: Int32)
}

/// What the explorer starts with.
public struct Start: Sendable, Equatable {
  /// The value of `--model`; nil is the default model.
  public var model: String?
  /// The model was restored from the last session.
  public var isModelRestored: Bool
  /// A data set is given and is to be scored.
  public var hasExamples: Bool

  public init(model: String? = nil, isModelRestored: Bool = false, hasExamples: Bool = false) {
    self.model = model
    self.isModelRestored = isModelRestored
    self.hasExamples = hasExamples
  }
}

/// Why a question has no answer.
public struct NoAnswer: Sendable, Equatable {
  /// A sentence without its full stop.
  public var reason: String
  /// The explainer that would work instead, if known.
  public var instead: String?

  public init(_ reason: String, instead: String? = nil) {
    self.reason = reason
    self.instead = instead
  }
}
