public import TerminalUI

/// The terminal's size, abilities and theme.
public struct Terminal: Sendable {
  public internal(set) var size: Size
  public internal(set) var abilities: TerminalAbilities
  /// The names of the available themes, and the one in use.
  public internal(set) var themes: [String] = []
  public internal(set) var theme: String?
  /// Whether the theme in use shows signs without colours.
  var isThemeMonochrome = false
  /// The theme that was chosen by name; nil follows the terminal's background.
  var chosenTheme: String?
  /// The user's choice whether a row of signs is shown below painted text; nil shows it only if
  /// there are few colours.
  var signRow: Bool?
  /// Whether pictures are used if the terminal can show them.
  var hasPictures = true
  /// The tour's present caption; nil outside the tour.
  var caption: String?
  /// The time from the last keystroke to the screen, in seconds.
  var latency: Double?

  /// Whether signs below painted text replace or support the colours.
  var showsSignRow: Bool {
    signRow
      ?? (abilities.isPlain || isThemeMonochrome || abilities.colors == .none
        || abilities.colors == .ansi8)
  }

  init(size: Size, abilities: TerminalAbilities, theme: String? = nil) {
    self.size = size
    self.abilities = abilities
    self.theme = theme
    chosenTheme = theme
  }
}
