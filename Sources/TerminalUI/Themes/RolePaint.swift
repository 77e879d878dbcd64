/// A role of `[ui]`: a colour for its text, or a table.
struct RolePaint {
  private var foreground = Color.terminal
  private var background = Color.terminal
  private var ansi: Color?
  private var attributes: Attributes = []

  init(_ value: ThemeSource.Value, at path: [String], in file: ThemeFile) throws {
    guard case .table(let table) = value else {
      foreground = try file.color(value, at: path)
      return
    }
    for (key, value) in table.sorted(by: { $0.key < $1.key }) {
      let place = path + [key]
      switch key {
      case "fg": foreground = try file.color(value, at: place)
      case "bg": background = try file.color(value, at: place)
      case "ansi": ansi = try file.color(value, at: place)
      case "bold", "underline", "reverse":
        guard case .flag(let isOn) = value else { throw file.failure(at: place, expected: .flag) }
        if isOn { attributes.formUnion(Attributes(name: key) ?? []) }
      default: throw file.failure(at: place, .unknownKey(place.joined(separator: ".")))
      }
    }
  }

  func paint(_ colors: TerminalAbilities.Colors, of role: Role) -> Paint {
    var paint = Paint(foreground: foreground, background: background, attributes: attributes)
    switch colors {
    case .direct: break
    case .indexed256:
      paint.foreground = foreground.nearestIndexed
      paint.background = background.nearestIndexed
    case .ansi8:
      paint.foreground = ansi ?? foreground.nearestAnsi
      paint.background = background.nearestAnsi
      if background != .terminal {
        // Of a grey nothing is left; a hue wants text that can be read on it.
        if paint.background == .terminal {
          paint = Paint(attributes: attributes.union(.reverse))
        } else {
          paint.foreground = paint.background.readableAnsiText
        }
      }
    case .none:
      let plain = role.monochrome.attributes
      paint = Paint(attributes: attributes.isEmpty ? plain : attributes)
      if background != .terminal { paint.attributes.formUnion(plain) }
    }
    if colors != .none, colors != .ansi8, background != .terminal, foreground == .terminal {
      paint.foreground = background.readableText
    }
    return paint
  }
}

extension Attributes {
  init?(name: some StringProtocol) {
    switch name {
    case "bold": self = .bold
    case "underline": self = .underline
    case "reverse": self = .reverse
    default: return nil
    }
  }

  /// `bold+underline`.
  init?(names: some StringProtocol) {
    self = []
    for name in names.split(separator: "+", omittingEmptySubsequences: false) {
      guard let attribute = Attributes(name: name) else { return nil }
      formUnion(attribute)
    }
  }
}

extension Color {
  /// Black or white of the eight, whichever reads better on this one.
  var readableAnsiText: Color {
    let (black, white) = (Color.indexed(0), Color.indexed(7))
    return (contrast(to: black) ?? 0) > (contrast(to: white) ?? 0) ? black : white
  }
}
