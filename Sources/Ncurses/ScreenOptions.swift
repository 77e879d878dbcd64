/// What the user said about the terminal.
public struct ScreenOptions: Sendable {
  public var color: ColorChoice
  /// `--plain`: see `TerminalAbilities`.
  public var isPlain: Bool
  public var usesMouse: Bool
  /// Where standard error goes while the screen is up; nil: nowhere.
  public var logPath: String?
  /// At so many bytes the log is begun anew, and its older part is kept beside it as `.1`; 0 is no
  /// limit.
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
  /// What the terminal can, unless `NO_COLOR` is set.
  case auto
  case never
  /// What the terminal can, and eight colours if it claims to have none, whatever `NO_COLOR` says.
  case always
  case eight = "8"
  case sixteen = "16"
  case indexed = "256"
  case direct = "true"
}

/// Why there is no screen.
public enum ScreenError: Error, Sendable, Hashable {
  case outputIsNotATerminal
  /// Standard input is not a terminal, and `/dev/tty` can't be opened instead.
  case noTerminalForKeys(errno: CInt)
  /// The terminal can't place its cursor (`TERM=dumb`), or ncurses refuses it.
  case unusableTerminal(name: String)
}

/// What the user should know about a screen that works all the same.
public enum ScreenNotice: Sendable, Hashable {
  /// There is no terminfo entry for `name` on this machine, so another one is used.
  case unknownTerminal(name: String, used: String)
}
