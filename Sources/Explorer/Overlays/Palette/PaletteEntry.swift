/// An entry of the palette.
package struct PaletteEntry: Sendable, Equatable {
  /// The text to type: `quit`, `explainer occlusion`.
  var text: String
  var detail: String
  /// The keys of the same command: `Ctrl-X`; empty if it has none.
  var keys: String
  var command: Command
  /// Whether the entry is listed only once the user begins to type its name.
  var isHidden: Bool
  /// Whether the entry is ranked last because it leaves the program, so that it is not selected by
  /// accident.
  var isLast: Bool

  package init(
    text: String, detail: String, keys: String = "", command: Command, isHidden: Bool = false,
    isLast: Bool = false
  ) {
    (self.text, self.detail, self.keys, self.command) = (text, detail, keys, command)
    (self.isHidden, self.isLast) = (isHidden, isLast)
  }
}
