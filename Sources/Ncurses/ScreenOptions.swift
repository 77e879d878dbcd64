/// The user's options for the terminal.
public struct ScreenOptions: Sendable {
  public var color: ColorChoice
  /// `--plain`: see `TerminalAbilities`.
  public var isPlain: Bool
  public var usesMouse: Bool
  /// Where standard error goes while the screen is active; nil discards it.
  public var logPath: String?
  /// At this size in bytes, the log is started anew and its older part kept beside it as `.1`; 0
  /// for no limit.
  public var logLimit: Int

  public init(
    color: ColorChoice = .auto, isPlain: Bool = false, usesMouse: Bool = true,
    logPath: String? = nil, logLimit: Int = 0
  ) {
    self.color = color
    self.isPlain = isPlain
    self.usesMouse = usesMouse
    self.logPath = logPath
    self.logLimit = logLimit
  }
}

/// The values of `--color`.
public enum ColorChoice: String, Sendable, CaseIterable {
  /// The terminal's colours, unless `NO_COLOR` is set.
  case auto
  case never
  /// The terminal's colours, or eight if it claims to have none, whatever `NO_COLOR` says.
  case always
  case eight = "8"
  case sixteen = "16"
  case indexed = "256"
  case direct = "true"
}

/// Why the screen cannot be opened.
public enum ScreenError: Error, Sendable, Hashable {
  case outputIsNotATerminal
  /// Standard input is not a terminal, and `/dev/tty` cannot be opened instead.
  case noTerminalForKeys(errno: CInt)
  /// The terminal cannot move its cursor (`TERM=dumb`), or ncurses refuses it.
  case unusableTerminal(name: String)
}

/// A notice about a screen that works nevertheless.
public enum ScreenNotice: Sendable, Hashable {
  /// There is no terminfo entry for `name` on this machine, so another one is used.
  case unknownTerminal(name: String, used: String)
}
