/// A theme as a file: TOML, read over another theme that fills in what it leaves out.
///
/// ```toml
/// name = "blue and orange"     # what lists show; the file's name if left out
/// background = "dark"          # dark or light: which terminals it is for
/// inherits = "dark"            # a theme of the program; if left out, `dark` or `light` by `background`
///
/// [palette]                    # names for colours
/// sky = 117
///
/// [ui]                         # role = the text's colour, or a table of fg, bg, ansi (the text's colour
/// text = "default"             # with eight colours), bold, underline, reverse; all stand on the text's
/// focus = { fg = "sky", ansi = "cyan", bold = true }
///
/// [heat]                       # five colours of the background each, weakest first; text is black or white
/// against.x256 = [18, 25, 31, 74, 117]
/// against.true = ["#10355e", "#005faf", "#0087af", "#5fafd7", "#87d7ff"]
/// against.ansi = ["cyan", "blue", "blue+bold"]   # text of levels 1-2, background of 3-4, background of 5
/// for.x256 = [52, 88, 130, 173, 216]
/// intensity.x256 = [17, 60, 102, 143, 221]       # for methods without a sign
/// mono = { for = "bold", against = "underline", strong = "reverse" }   # `strong` comes on top from level 4
/// ```
///
/// A colour is 0-255 of xterm's palette, `#rrggbb`, an ANSI colour's name, `default` (the terminal's own)
/// or a name of the palette. Of `true` and `x256` one follows from the other. A level whose colour is
/// `default` is shown by the attributes of `mono`.
struct ThemeFile {
  private let source: ThemeSource
  private var palette: [String: ThemeSource.Value] = [:]

  /// - Parameters:
  ///   - bases: the program's own themes by name; they inherit nothing but each other.
  static func read(
    _ source: ThemeSource, name: String, bases: [String: ThemeSource]
  ) throws -> Theme {
    var draft = try draft(of: source, bases: bases, depth: 0)
    draft.name = name
    return draft.theme
  }

  private static func draft(
    of source: ThemeSource, bases: [String: ThemeSource], depth: Int
  ) throws -> ThemeDraft {
    var file = ThemeFile(source: source)
    try file.checkKeys()
    var draft =
      try file.base(bases, depth: depth).map {
        try Self.draft(of: $0, bases: bases, depth: depth + 1)
      } ?? ThemeDraft()
    try file.read(into: &draft)
    return draft
  }

  private init(source: ThemeSource) {
    self.source = source
  }
}

// MARK: - The file

extension ThemeFile {
  private func checkKeys() throws {
    let known = ["name", "background", "inherits", "palette", "ui", "heat"]
    for key in source.root.keys.sorted() where !known.contains(key) {
      throw source.failure(at: [key], .unknownKey(key))
    }
  }

  private mutating func read(into draft: inout ThemeDraft) throws {
    draft.title = try text("name")
    draft.background = try background()
    palette = try table(["palette"])
    try readRoles(into: &draft)
    try readHeat(into: &draft)
  }

  private func background() throws -> Theme.Background {
    guard let text = try text("background") else {
      throw source.failure(at: [], .missingKey("background"))
    }
    guard let background = Theme.Background(rawValue: text) else {
      throw source.failure(
        at: ["background"], .wrongValue(key: "background", expected: .background))
    }
    return background
  }

  /// What fills in the rest; nothing under the program's own `dark` and `light`.
  private func base(_ bases: [String: ThemeSource], depth: Int) throws -> ThemeSource? {
    let inherited = try text("inherits")
    let name = try inherited ?? background().rawValue
    if inherited == nil, bases[name]?.file == source.file { return nil }
    guard depth < 4, let base = bases[name] else {
      throw source.failure(at: ["inherits"], .unknownBase(name))
    }
    return base
  }

  private func text(_ key: String) throws -> String? {
    guard let value = source.root[key] else { return nil }
    guard case .text(let text) = value else {
      throw source.failure(at: [key], .wrongValue(key: key, expected: .text))
    }
    return text
  }

  func table(_ path: [String]) throws -> [String: ThemeSource.Value] {
    var table = source.root
    for depth in path.indices {
      switch table[path[depth]] {
      case nil: return [:]
      case .table(let inner): table = inner
      default:
        let known = Array(path[...depth])
        throw source.failure(
          at: known, .wrongValue(key: known.joined(separator: "."), expected: .table))
      }
    }
    return table
  }
}

// MARK: - Roles

extension ThemeFile {
  private func readRoles(into draft: inout ThemeDraft) throws {
    let known = Role.plain.compactMap { role in role.fileKey.map { ($0, role) } }
    for (key, value) in try table(["ui"]).sorted(by: { $0.key < $1.key }) {
      guard let role = known.first(where: { $0.0 == key })?.1 else {
        throw source.failure(at: ["ui", key], .unknownKey("ui." + key))
      }
      draft.roles[role] = try RolePaint(value, at: ["ui", key], in: self)
    }
  }

  func failure(at path: [String], expected: ThemeError.Expected) -> ThemeError {
    source.failure(
      at: path, .wrongValue(key: path.joined(separator: "."), expected: expected))
  }

  func failure(at path: [String], _ reason: ThemeError.Reason) -> ThemeError {
    source.failure(at: path, reason)
  }

  func color(_ value: ThemeSource.Value, at path: [String]) throws -> Color {
    if case .text(let name) = value, let meaning = palette[name],
      let color = Color(meaning)
    {
      return color
    }
    guard let color = Color(value) else { throw failure(at: path, expected: .color) }
    return color
  }
}

extension Color {
  static let ansiNames = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  init?(_ value: ThemeSource.Value) {
    switch value {
    case .integer(let index):
      guard let index = UInt8(exactly: index) else { return nil }
      self = .indexed(index)
    case .text("default"): self = .terminal
    case .text(let text) where text.hasPrefix("#"):
      guard text.utf8.count == 7, let rgb = UInt32(text.dropFirst(), radix: 16),
        !text.contains("+")
      else { return nil }
      self = .rgb(
        red: UInt8(rgb >> 16 & 0xFF), green: UInt8(rgb >> 8 & 0xFF), blue: UInt8(rgb & 0xFF))
    case .text(let name):
      guard let index = Self.ansiNames.firstIndex(of: name) else { return nil }
      self = .indexed(UInt8(index))
    default: return nil
    }
  }
}
