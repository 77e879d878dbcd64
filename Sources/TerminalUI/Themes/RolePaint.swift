/// A role of `[ui]`: a colour for its text, or a table.
struct RolePaint {
  /// nil for the text's colour.
  private var foreground: Color?
  private var background: Color?
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

  /// What the role leaves open is taken from `text`, the paint of the role of that name.
  func paint(_ colors: TerminalAbilities.Colors, of role: Role, on text: Paint) -> Paint {
    switch colors {
    case .direct, .indexed256:
      let ground = background.map { colors == .direct ? $0 : $0.nearestIndexed }
      let ink = foreground.map { colors == .direct ? $0 : $0.nearestIndexed }
      return Paint(
        foreground: ink ?? ground?.readableText ?? text.foreground,
        background: ground ?? text.background, attributes: attributes)
    case .ansi8:
      let ground = background?.nearestAnsi ?? .terminal
      if let background, background != .terminal, role != .text, ground == .terminal {
        // A grey disappears: among the eight colours, none differs from every terminal's own.
        return Paint(attributes: attributes.union(.reverse))
      }
      let ink = ansi ?? foreground?.nearestAnsi ?? .terminal
      return Paint(
        foreground: ground == .terminal ? ink : ground.readableAnsiText, background: ground,
        attributes: attributes)
    case .none:
      let plain = role.monochrome.attributes
      let isOpen = attributes.isEmpty || (background != nil && role != .text)
      return Paint(attributes: isOpen ? attributes.union(plain) : attributes)
    }
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
  /// Black or white of the eight, whichever is more readable on this one.
  var readableAnsiText: Color {
    let (black, white) = (Color.indexed(0), Color.indexed(7))
    return (contrast(to: black) ?? 0) > (contrast(to: white) ?? 0) ? black : white
  }
}
