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
  /// A row of signs below painted text, as the user chose it; nil: only where colours are few.
  var signRow: Bool?
  /// Smooth pictures, where the terminal shows them.
  var hasPictures = true
  /// What the tour says at the moment; nil where none is on.
  var caption: String?
  /// How long the last keystroke took to the screen, in seconds.
  var latency: Double?

  /// Signs below painted text say what colours do not.
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
