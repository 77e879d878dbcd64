/// How a terminal shows pictures.
public struct PictureAbility: Sendable, Hashable {
  public enum Format: String, Sendable, CaseIterable {
    /// kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol): pictures below the text.
    case kitty
    /// DEC's sixels (VT330/VT340 programmer reference, chapter 14).
    case sixel
  }

  public var format: Format
  /// The size of a cell in pixels.
  public var cellWidth: Int
  public var cellHeight: Int

  /// Implausible sizes are clamped.
  public init(_ format: Format, cellWidth: Int, cellHeight: Int) {
    self.format = format
    self.cellWidth = min(max(cellWidth, 2), 64)
    self.cellHeight = min(max(cellHeight, 4), 128)
  }
}
