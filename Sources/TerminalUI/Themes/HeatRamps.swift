/// `[heat]`: how strongly a token speaks, five levels to each side, and five without a sign.
extension ThemeFile {
  private enum Ramp: String, CaseIterable {
    case against, `for`, intensity

    func role(_ level: Int) -> Role {
      switch self {
      case .against: .heat(-level)
      case .for: .heat(level)
      case .intensity: .intensity(level)
      }
    }
  }

  private static let levels = 5
  private static let ansiSteps = 3

  func readHeat(into theme: inout Theme) throws {
    let heat = try table(["heat"])
    for key in heat.keys.sorted() where key != "mono" && Ramp(rawValue: key) == nil {
      throw failure(at: ["heat", key], .unknownKey("heat." + key))
    }
    if heat["mono"] != nil { try readMono(into: &theme) }
    for ramp in Ramp.allCases where heat[ramp.rawValue] != nil {
      try read(ramp, into: &theme)
    }
  }

  private func readMono(into theme: inout Theme) throws {
    let mono = try table(["heat", "mono"])
    func attributes(_ key: String) throws -> Attributes {
      guard let value = mono[key] else { return [] }
      guard case .text(let text) = value, let attributes = Attributes(names: text) else {
        throw failure(at: ["heat", "mono", key], expected: .attributes)
      }
      return attributes
    }
    for key in mono.keys.sorted() where !["for", "against", "strong"].contains(key) {
      throw failure(at: ["heat", "mono", key], .unknownKey("heat.mono." + key))
    }
    let strong = try attributes("strong")
    for ramp in Ramp.allCases {
      let weak = try attributes(ramp == .against ? "against" : "for")
      for level in 1...Self.levels {
        theme.paints[.none]?[ramp.role(level)] = Paint(
          attributes: level >= 4 ? weak.union(strong) : weak)
      }
    }
  }

  private func read(_ ramp: Ramp, into theme: inout Theme) throws {
    let path = ["heat", ramp.rawValue]
    let depths = try table(path)
    for key in depths.keys.sorted() where !["true", "x256", "ansi"].contains(key) {
      throw failure(at: path + [key], .unknownKey((path + [key]).joined(separator: ".")))
    }
    let direct = try depths["true"].map { try colors($0, at: path + ["true"]) }
    let indexed = try depths["x256"].map { try colors($0, at: path + ["x256"]) }
    for level in 1...Self.levels {
      let role = ramp.role(level)
      let mono = theme.paints[.none]?[role] ?? role.monochrome
      if let color = (direct ?? indexed)?[level - 1] {
        theme.paints[.direct]?[role] = painted(color, else: mono)
      }
      if let color = (indexed ?? direct)?[level - 1] {
        theme.paints[.indexed256]?[role] = painted(color.nearestIndexed, else: mono)
      }
    }
    guard let ansi = depths["ansi"] else { return }
    let steps = try ansiPaints(ansi, at: path + ["ansi"])
    for level in 1...Self.levels {
      let role = ramp.role(level)
      let step = steps[(level - 1) / 2]
      let hasColor = step.foreground != .terminal || step.background != .terminal
      let mono = theme.paints[.none]?[role] ?? role.monochrome
      theme.paints[.ansi8]?[role] = hasColor ? step : mono
    }
  }

  private func painted(_ color: Color, else mono: Paint) -> Paint {
    color == .terminal ? mono : Paint(foreground: color.readableText, background: color)
  }

  private func colors(_ value: ThemeSource.Value, at path: [String]) throws -> [Color] {
    try list(value, count: Self.levels, at: path).map { try color($0, at: path) }
  }

  private func list(
    _ value: ThemeSource.Value, count: Int, at path: [String]
  ) throws -> [ThemeSource.Value] {
    guard case .list(let values) = value else { throw failure(at: path, expected: .list) }
    guard values.count == count else {
      let key = path.joined(separator: ".")
      throw failure(at: path, .wrongCount(key: key, expected: count, found: values.count))
    }
    return values
  }

  /// Text of levels 1-2, background of 3-4, background of 5.
  private func ansiPaints(_ value: ThemeSource.Value, at path: [String]) throws -> [Paint] {
    try list(value, count: Self.ansiSteps, at: path).enumerated().map { step, value in
      guard case .text(let text) = value else { throw failure(at: path, expected: .ansiColor) }
      let name = text.prefix { $0 != "+" }
      let rest = text.dropFirst(name.count + 1)
      guard name == "default" || Color.ansiNames.contains(String(name)),
        let color = Color(.text(String(name))),
        let attributes = rest.isEmpty ? [] : Attributes(names: rest)
      else { throw failure(at: path, expected: .ansiColor) }
      return step == 0 || color == .terminal
        ? Paint(foreground: color, attributes: attributes)
        : Paint(
          foreground: color.readableAnsiText, background: color, attributes: attributes)
    }
  }
}
