/// `[heat]`: how strongly a token speaks, five levels to each side, and five without a sign.
extension ThemeFile {
  func readHeat(into draft: inout ThemeDraft) throws {
    for key in try table(["heat"]).keys.sorted() {
      if key == "mono" {
        draft.mono = try mono()
      } else if let sign = ThemeDraft.Sign(rawValue: key) {
        try read(sign, into: &draft.ramps[sign, default: ThemeDraft.Ramp()])
      } else {
        throw failure(at: ["heat", key], .unknownKey("heat." + key))
      }
    }
  }

  private func mono() throws -> ThemeDraft.Mono {
    var mono = ThemeDraft.Mono(against: [], for: [], strong: [])
    for (key, value) in try table(["heat", "mono"]).sorted(by: { $0.key < $1.key }) {
      let path = ["heat", "mono", key]
      guard case .text(let text) = value, let attributes = Attributes(names: text) else {
        throw failure(at: path, expected: .attributes)
      }
      switch key {
      case "against": mono.against = attributes
      case "for": mono.for = attributes
      case "strong": mono.strong = attributes
      default: throw failure(at: path, .unknownKey("heat.mono." + key))
      }
    }
    return mono
  }

  private func read(_ sign: ThemeDraft.Sign, into ramp: inout ThemeDraft.Ramp) throws {
    let path = ["heat", sign.rawValue]
    let depths = try table(path)
    for key in depths.keys.sorted() where !["true", "x256", "ansi"].contains(key) {
      throw failure(at: path + [key], .unknownKey((path + [key]).joined(separator: ".")))
    }
    let direct = try depths["true"].map { try colors($0, at: path + ["true"]) }
    let indexed = try depths["x256"].map { try colors($0, at: path + ["x256"]) }
    ramp.direct = direct ?? indexed ?? ramp.direct
    ramp.indexed = (indexed ?? direct)?.map(\.nearestIndexed) ?? ramp.indexed
    ramp.ansi = try depths["ansi"].map { try ansiPaints($0, at: path + ["ansi"]) } ?? ramp.ansi
  }

  private func colors(_ value: ThemeSource.Value, at path: [String]) throws -> [Color] {
    try list(value, count: ThemeDraft.levels, at: path).map { try color($0, at: path) }
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
    try list(value, count: ThemeDraft.ansiSteps, at: path).enumerated().map { step, value in
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
