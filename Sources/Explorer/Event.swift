public import TerminalUI
public import Workbench

/// Everything that can happen to the explorer.
public enum Event: Sendable {
  /// The first frame is drawn, and the rest of the work begins.
  case start(Start)
  case terminal(TerminalEvent)
  /// Keys that came at once, as of a terminal that sends a paste like typing.
  case typed([Key])
  /// A part of what is known of a question so far.
  case progress(Ticket, any Sendable)
  /// A question's answer, which is its last.
  case answer(Ticket, any Sendable)
  case failure(Ticket, NoAnswer)
  /// What begins like the text of the path prompt.
  case completions(for: String, [PathCompletion])
  /// Time goes on while something runs that is waited for: the share of a model's weights that is
  /// read, 0 to 1, the model passes of the explanation, and those of its measures, where known.
  case tick(opened: Double?, passes: Int? = nil, measured: Int? = nil)
  /// No key came for the time that `Effect.awaitRest` asks for.
  case rested
  /// Whether what was written of these rows of the table is kept now; the reason where it is not.
  case notesKept([Int], problem: String?)
  /// The data set that `Effect.openData` asked for can be read.
  case dataOpened
  /// Why it can't, as a sentence.
  case dataRefused(path: String, reason: String)
  /// The names of the themes that there are, and the one in use; whether that has no colours.
  case themes([String], current: String, isMonochrome: Bool = false)
  case abilities(TerminalAbilities)
  /// What the tour says from now on; nil ends it.
  case caption(String?)
  /// Something worth a line in the status row.
  case notice(String)
  case problem(String)
  /// What was copied is on the clipboard, or why not: a part of a sentence.
  case copied(route: String)
  /// A frame went out: its bytes, and what it showed for the first time since the last key.
  case drew(bytes: Int, timings: [KeyTiming])
  /// How long the last keystroke took to the screen, in seconds.
  case painted(seconds: Double)
  /// All that happened at once has been told.
  case turnEnded
  /// The session could not be saved before the program would have ended; the reason as a part of a
  /// sentence.
  case saveFailed(reason: String)
  /// A signal asks the program to end with this exit status.
  case terminate(status: Int32)
}

/// What the explorer begins with.
public struct Start: Sendable, Equatable {
  /// As `--model` takes it; nil is the default model.
  public var model: String?
  /// It is that of the last session.
  public var isModelRestored: Bool
  /// There is a data set to be scored.
  public var hasExamples: Bool

  public init(model: String? = nil, isModelRestored: Bool = false, hasExamples: Bool = false) {
    self.model = model
    self.isModelRestored = isModelRestored
    self.hasExamples = hasExamples
  }
}

/// Why a question has no answer.
public struct NoAnswer: Sendable, Equatable {
  /// As a sentence without its full stop.
  public var reason: String
  /// The explainer that would work instead, if one is known.
  public var instead: String?

  public init(_ reason: String, instead: String? = nil) {
    self.reason = reason
    self.instead = instead
  }
}
