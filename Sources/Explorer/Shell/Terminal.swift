public import TerminalUI

/// What is known of the terminal: its size, what it can draw, and in which colours.
public struct Terminal: Sendable {
  public internal(set) var size: Size
  public internal(set) var abilities: TerminalAbilities
  /// The names of the themes that there are, and the one in use.
  public internal(set) var themes: [String] = []
  public internal(set) var theme: String?
  /// The theme in use has no colours for signs.
  var isThemeMonochrome = false
  /// The theme that was asked for by name; nil follows the terminal's background.
  var chosenTheme: String?
  /// Smooth pictures, where the terminal shows them.
  var hasPictures = true
  /// What the tour says at the moment; nil where none is on.
  var caption: String?
  /// How long the last keystroke took to the screen, in seconds.
  var latency: Double?

  init(size: Size, abilities: TerminalAbilities, theme: String? = nil) {
    self.size = size
    self.abilities = abilities
    self.theme = theme
    chosenTheme = theme
  }
}
