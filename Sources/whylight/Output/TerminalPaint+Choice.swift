internal import Ncurses
internal import Reports
internal import TerminalUI

extension TerminalPaint {
  /// nil if escape sequences must not be written: not a terminal, or `NO_COLOR`.
  init?(_ choice: ColorChoice, isTerminal: Bool) {
    guard isTerminal || choice == .always else { return nil }
    let colors = TerminalAbilities.Colors(ofOutput: choice)
    guard colors != .none else { return nil }
    self.init(theme: ThemeLibrary().preferred(.dark), colors: colors)
  }
}
