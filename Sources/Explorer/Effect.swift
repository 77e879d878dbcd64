public import Datasets
public import Workbench

/// What the explorer wants from the world.
public enum Effect: Sendable, Equatable {
  /// Works on a question beside the screen; what comes of it carries the ticket.
  case ask(Ticket, AnyQuestion)
  /// Gives up what is worked on in a lane.
  case cancel(Lane)
  /// From now on questions about this seat are about this model.
  case seat(OpenedModel, ModelSeat)
  /// Asks for the files and folders that begin so.
  case complete(String)
  /// Tells the state when no key has come for 150 ms; each one begins the time anew.
  case awaitRest
  /// Opens a file of labelled texts, as `--data` does.
  case openData(String)
  /// Opens the labelled texts that come with the program.
  case openSample
  /// Keeps what the user wrote about texts, before the next key is taken.
  case keepNotes([WrittenNote])
  case useTheme(String)
  /// To the clipboard; `copied` tells on which way.
  case copy(Copied)
  case useMouse(Bool)
  case redraw
  case suspend
  /// What the session is after this turn, to be saved when there is time.
  case keep(Session)
  case save(Session)
  /// Saves the session and ends the program with status 0; where it can't be saved, `saveFailed` comes
  /// back instead.
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

/// Ways to break on purpose, to prove that the terminal is restored.
public enum Crash: String, Sendable, CaseIterable {
  case trap, oob, worker, abort, overflow, workeroverflow
}
