internal import Ncurses
internal import Reports

extension Messages {
  /// Why the screen cannot be started.
  static func sentence(_ error: ScreenError) -> String {
    switch error {
    case .outputIsNotATerminal:
      "standard output is not a terminal; in a pipe, use 'whylight explain --format json'"
    case .noTerminalForKeys:
      "there is no terminal to read keys from; in a pipe, use 'whylight explain --format json'"
    case .unusableTerminal(let name):
      "the terminal \(name.isEmpty ? "without a name" : name) can't place its cursor; "
        + "set TERM to what it is, or call 'whylight explain'"
    }
  }
}
