/// A line of the palette.
package struct PaletteEntry: Sendable, Equatable {
  /// What is typed for it: `quit`, `explainer occlusion`.
  var text: String
  var detail: String
  /// The keys that do the same: `Ctrl-X`; empty where there are none.
  var keys: String
  var command: Command
  /// Listed only once the user begins to type its name.
  var isHidden: Bool
  /// Never selected by default, since it leaves the program.
  var isLast: Bool

  package init(
    text: String, detail: String, keys: String = "", command: Command, isHidden: Bool = false,
    isLast: Bool = false
  ) {
    (self.text, self.detail, self.keys, self.command) = (text, detail, keys, command)
    (self.isHidden, self.isLast) = (isHidden, isLast)
  }
}
