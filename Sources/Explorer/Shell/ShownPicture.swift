internal import Reports
public import TerminalUI

/// The picture that the terminal shows below the letters of a molecule, which ncurses does not know
/// of.
public struct ShownPicture: Sendable {
  private struct Content: Sendable, Equatable {
    let image: MoleculeImage
    let rect: Rect
    let ability: PictureAbility
    let theme: Theme
  }

  private var shown: Content?

  public init() {}

  /// Forgets the picture after the terminal lost it or it was overwritten: it is sent again with
  /// the next frame.
  public mutating func forget() { shown = nil }

  /// Whether the screen must be redrawn before this picture. A sixel image stays wherever nothing
  /// is written over it, even below the transparent parts of another one, so the screen is redrawn
  /// before it changes or disappears.
  public func needsClearing(before picture: Picture, theme: Theme) -> Bool {
    guard let shown, shown.ability.format == .sixel else { return false }
    guard let (image, rect) = picture.image else { return true }
    return shown.rect != rect || shown.image != image || shown.theme != theme
  }

  /// The bytes that make the terminal show the present picture; empty if it does already.
  public mutating func sequence(
    _ picture: Picture, ability: PictureAbility?, theme: Theme, isDark: Bool
  ) -> String {
    guard let (image, rect) = picture.image, let ability else { return removal() }
    let content = Content(image: image, rect: rect, ability: ability, theme: theme)
    guard content != shown else { return "" }
    guard let drawn = image.image(for: ability, theme: theme, isDark: isDark) else {
      return removal()
    }
    shown = content
    return drawn.sequence(ability.format, at: rect.origin, over: rect.size)
  }

  /// The bytes that remove the picture; a sixel image needs none but the cells.
  public mutating func removal() -> String {
    defer { shown = nil }
    return shown?.ability.format == .kitty ? IndexedImage.removal() : ""
  }
}
