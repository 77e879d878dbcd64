internal import Reports
public import TerminalUI

/// The picture that the terminal shows below the letters of a molecule, beside what ncurses knows of.
public struct ShownPicture: Sendable {
  private struct Content: Sendable, Equatable {
    let image: MoleculeImage
    let rect: Rect
    let ability: PictureAbility
    let theme: Theme
  }

  private var shown: Content?

  public init() {}

  /// The terminal has forgotten it, or somebody wrote over it: it is sent again with the next frame.
  public mutating func forget() { shown = nil }

  /// A sixel stays where nothing is written over it, also below the transparent parts of another one, so that
  /// before it changes or goes all is drawn anew.
  public func needsClearing(before picture: Picture, theme: Theme) -> Bool {
    guard let shown, shown.ability.format == .sixel else { return false }
    guard let (image, rect) = picture.image else { return true }
    return shown.rect != rect || shown.image != image || shown.theme != theme
  }

  /// The bytes that make the terminal show what is to be seen now; empty where it does.
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

  /// Takes it away; of a sixel nothing has to be sent but the cells.
  public mutating func removal() -> String {
    defer { shown = nil }
    return shown?.ability.format == .kitty ? IndexedImage.removal() : ""
  }
}
