/// What the explorer wants from the world.
public enum Effect: Sendable, Equatable {
  /// The newest request wins; an older one is given up.
  case openModel(ModelRequest)
  case cancelOpening
  /// Asks for the files and folders that begin so.
  case complete(String)
  /// The newest request wins; an older one is cancelled.
  case predict(PredictionRequest)
  /// The newest job wins; an older one is cancelled.
  case explain(ExplanationJob)
  case cancelExplanation
  case measureRemoval(RemovalRequest)
  case dataset(DatasetEffect)
  /// Tells the state when no key has come for 150 ms; each one begins the time anew.
  case awaitRest
  /// Writes a file: whole or not at all.
  case export(ExportRequest)
  /// The newest request wins, and the next prediction cancels it.
  case measureTrust(TrustRequest)
  /// The newest request wins, and the next prediction cancels it.
  case probe(ProbeRequest)
  case cancelProbe
  case useTheme(String)
  case copy(String)
  case useMouse(Bool)
  case redraw
  case suspend
  case save(Session)
  /// Saves the session and ends the program with status 0; where it can't be saved, `saveFailed` comes
  /// back instead.
  case saveAndQuit(Session)
  case quit(status: Int32)
  case crash(Crash)
}

/// Ways to break on purpose, to prove that the terminal is restored.
public enum Crash: String, Sendable, CaseIterable {
  case trap, oob, worker, abort, overflow, workeroverflow
}
