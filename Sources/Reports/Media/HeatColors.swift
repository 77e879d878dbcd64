package import TerminalUI

/// A theme's heat colours as web colours, for pictures outside of a terminal.
package struct HeatColors: Sendable {
  package let theme: Theme

  package static let light = HeatColors(theme: ThemeLibrary().preferred(.light))
  package static let dark = HeatColors(theme: ThemeLibrary().preferred(.dark))

  /// nil for a role without a background colour.
  package func pair(for role: Role) -> (foreground: String, background: String)? {
    let paint = theme.paint(Style(role), colors: .direct)
    guard let background = paint.background.hex else { return nil }
    return (paint.foreground.hex ?? "#000000", background)
  }

  package var ramp: [(role: Role, pair: (foreground: String, background: String))] {
    ((-5...5).map(Role.heat) + (1...5).map(Role.intensity)).compactMap { role in
      pair(for: role).map { (role, $0) }
    }
  }

  /// The class of a role in a style sheet: `for3`, `against1`, `some5`, and `zero`.
  package static func name(of role: Role) -> String {
    switch role {
    case .heat(let level) where level > 0: "for\(level)"
    case .heat(let level) where level < 0: "against\(-level)"
    case .intensity(let level) where level > 0: "some\(level)"
    default: "zero"
    }
  }
}
