/// The appearance of a role on a terminal with certain capabilities.
public struct Paint: Sendable, Hashable {
  public var foreground: Color
  public var background: Color
  public var attributes: Attributes

  public init(
    foreground: Color = .terminal, background: Color = .terminal, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// The appearance of every role for each colour depth: the last step from meaning to a screen.
///
/// Every theme is complete: what its file leaves out is filled in when it is read (see
/// `ThemeFile`).
public struct Theme: Sendable, Hashable {
  public enum Background: String, Sendable, Hashable { case dark, light }

  /// The user's name for it: the name of its file, without `.toml`.
  public var name: String
  /// Its title in lists.
  public var title: String
  /// The terminals that it is made for.
  public var background: Background
  /// One table per colour depth, with every role.
  var paints: [TerminalAbilities.Colors: [Role: Paint]]

  /// A level beyond the ramp uses the ramp's last; a style's attributes are added.
  public func paint(_ style: Style, colors: TerminalAbilities.Colors) -> Paint {
    var paint = paints[colors]?[style.role.clamped] ?? Paint()
    paint.attributes.formUnion(style.attributes)
    return paint
  }

  /// Whether no ramp has a colour at any depth: the sign of a score is shown by attributes alone.
  public var isMonochrome: Bool {
    Role.signed.allSatisfy { role in
      TerminalAbilities.Colors.allCases.allSatisfy { colors in
        let paint = paint(Style(role), colors: colors)
        let text = self.paint(Style(.text), colors: colors)
        return paint.foreground == text.foreground && paint.background == text.background
      }
    }
  }

  /// Without colours; used before any theme has been read.
  public static let bare = Theme(
    name: "bare", title: "bare", background: .dark,
    paints: Dictionary(
      uniqueKeysWithValues: TerminalAbilities.Colors.allCases.map { colors in
        (colors, Dictionary(uniqueKeysWithValues: Role.all.map { ($0, $0.monochrome) }))
      }))
}

extension Role {
  /// Every role, including the heat levels.
  public static let all: [Role] =
    plain + (-5...5).map(Role.heat) + (0...5).map(Role.intensity)

  /// The levels for and against the class.
  static let signed: [Role] = (-5...5).map(Role.heat)

  /// The roles without a level, in the order of theme files.
  static let plain: [Role] = [
    .text, .dim, .title, .border, .focusedBorder, .key, .selection, .notice, .warning, .error,
    .bar, .otherBar, .againstBar, .mark,
  ]

  /// Its key in a theme file; nil for the levels, which are in ramps.
  var fileKey: String? {
    switch self {
    case .text: "text"
    case .dim: "dim"
    case .title: "title"
    case .border: "border"
    case .focusedBorder: "focus"
    case .key: "hint_key"
    case .selection: "selection"
    case .notice: "notice"
    case .warning: "warning"
    case .error: "error"
    case .bar: "bar"
    case .otherBar: "other_bar"
    case .againstBar: "against_bar"
    case .mark: "mark"
    case .heat, .intensity: nil
    }
  }

  var clamped: Role {
    switch self {
    case .heat(let level): .heat(min(max(level, -5), 5))
    case .intensity(let level): .intensity(min(max(level, 0), 5))
    default: self
    }
  }

  /// Without colour: sign and size by attributes, like the sign row in characters.
  var monochrome: Paint {
    switch self {
    case .heat(let level) where level > 0:
      Paint(attributes: level >= 4 ? [.bold, .reverse] : .bold)
    case .heat(let level) where level < 0:
      Paint(attributes: level <= -4 ? [.underline, .reverse] : .underline)
    case .intensity(let level) where level > 0:
      Paint(attributes: level >= 4 ? [.bold, .reverse] : .bold)
    case .title, .focusedBorder, .key, .warning, .error: Paint(attributes: .bold)
    case .selection: Paint(attributes: .reverse)
    case .mark: Paint(attributes: .reverse)
    default: Paint()
    }
  }
}
