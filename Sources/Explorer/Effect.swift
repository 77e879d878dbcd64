public import Datasets
public import Workbench

/// What the explorer asks the program to do.
public enum Effect: Sendable, Equatable {
  /// Answers a question in the background; each progress report and the answer carry the ticket.
  case ask(Ticket, AnyQuestion)
  /// Cancels the work in a lane.
  case cancel(Lane)
  /// From now on, questions about this seat use this model.
  case seat(OpenedModel, ModelSeat)
  /// Looks up the files and folders whose paths begin with this text.
  case complete(String)
  /// Reports `Event.rested` once no key has been pressed for 150 ms; every such effect restarts the
  /// wait.
  case awaitRest
  /// Opens a file of labelled texts, as `--data` does.
  case openData(String)
  /// Opens the labelled texts that come with the program.
  case openSample
  /// Saves what the user wrote about texts, before the next key is handled.
  case keepNotes([WrittenNote])
  case useTheme(String)
  /// Copies this to the clipboard; `Event.copied` reports how.
  case copy(Copied)
  case useMouse(Bool)
  case redraw
  case suspend
  /// The session after this turn, to be saved when there is time.
  case keep(Session)
  case save(Session)
  /// Saves the session and ends the program with status 0. If it can't be saved, the program goes
  /// on and reports `Event.saveFailed`.
  case saveAndQuit(Session)
  case quit(status: Int32)
  case crash(Crash)
}

/// What the user wrote about a row of the data set's table.
public struct WrittenNote: Sendable, Equatable {
  public var row: Int
  public var text: String
  public var entry: Annotations.Entry

  public init(row: Int, text: String, entry: Annotations.Entry) {
    self.row = row
    self.text = text
    self.entry = entry
  }
}

/// Deliberate crashes, which prove that the terminal is restored.
public enum Crash: String, Sendable, CaseIterable {
  case trap, oob, worker, abort, overflow, workeroverflow
}
