/// The merged contents of theme files, before they become a paint for each role.
struct ThemeDraft {
  /// The ramps, by their keys in `[heat]`.
  enum Sign: String, CaseIterable {
    case against, `for`, intensity

    func role(_ level: Int) -> Role {
      switch self {
      case .against: .heat(-level)
      case .for: .heat(level)
      case .intensity: .intensity(level)
      }
    }
  }

  struct Ramp {
    /// Backgrounds, `levels` of each, the weakest first.
    var direct: [Color] = []
    var indexed: [Color] = []
    /// `ansiSteps` of them: text of levels 1-2, background of 3-4, background of 5.
    var ansi: [Paint] = []
  }

  /// Attributes instead of colours; `strong` is added from level 4 on.
  struct Mono {
    var against: Attributes = .underline
    var `for`: Attributes = .bold
    var strong: Attributes = .reverse
  }

  static let levels = 5
  static let ansiSteps = 3

  var name = ""
  var title: String?
  var background = Theme.Background.dark
  var roles: [Role: RolePaint] = [:]
  var ramps: [Sign: Ramp] = [:]
  var mono = Mono()
}

extension ThemeDraft {
  var theme: Theme {
    Theme(
      name: name, title: title ?? name, background: background,
      paints: Dictionary(
        uniqueKeysWithValues: TerminalAbilities.Colors.allCases.map { ($0, paints($0)) }))
  }

  private func paints(_ colors: TerminalAbilities.Colors) -> [Role: Paint] {
    let text = roles[.text]?.paint(colors, of: .text, on: Paint()) ?? Paint()
    var paints: [Role: Paint] = [:]
    for role in Role.plain {
      paints[role] = roles[role]?.paint(colors, of: role, on: text) ?? role.monochrome
    }
    paints[.text] = text
    paints[.heat(0)] = text
    paints[.intensity(0)] = text
    for sign in Sign.allCases {
      for level in 1...Self.levels {
        paints[sign.role(level)] = paint(sign, level, colors, on: text)
      }
    }
    return paints
  }

  private func paint(
    _ sign: Sign, _ level: Int, _ colors: TerminalAbilities.Colors, on text: Paint
  ) -> Paint {
    var mono = text
    mono.attributes.formUnion(sign == .against ? self.mono.against : self.mono.for)
    if level >= 4 { mono.attributes.formUnion(self.mono.strong) }
    guard let ramp = ramps[sign], colors != .none else { return mono }
    if colors == .ansi8 {
      guard ramp.ansi.count == Self.ansiSteps else { return mono }
      let step = ramp.ansi[(level - 1) / 2]
      return step.foreground == .terminal && step.background == .terminal ? mono : step
    }
    let backgrounds = colors == .direct ? ramp.direct : ramp.indexed
    guard backgrounds.count == Self.levels, backgrounds[level - 1] != .terminal else { return mono }
    let background = backgrounds[level - 1]
    return Paint(foreground: background.readableText, background: background)
  }
}
