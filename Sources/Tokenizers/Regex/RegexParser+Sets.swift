extension RegexParser {
  /// The set of `\s`, `\p{L}` and the like; nil if the escape is not a class.
  mutating func classEscape(_ scalar: UInt32) throws -> ScalarSet? {
    let facts: [UInt32: UInt32] = [
      ascii("w"): ScalarFacts.regexWord, ascii("s"): ScalarFacts.regexSpace,
      ascii("d"): ScalarFacts.regexDigit,
    ]
    if let fact = facts[scalar] { return ScalarSet(.init(facts: fact)) }
    if let fact = facts[scalar + 32], scalar < 0x60 {
      return ScalarSet(.init(facts: fact), isNegated: true)
    }
    let hexadecimal: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x46, 0x61...0x66]
    switch scalar {
    case ascii("h"): return ScalarSet(.init(ranges: hexadecimal))
    case ascii("H"): return ScalarSet(.init(ranges: hexadecimal), isNegated: true)
    case ascii("p"), ascii("P"): return try property(isNegated: scalar == ascii("P"))
    default: return nil
    }
  }

  /// One scalar: `\n`, `\x20`, `\u3000`, `\.`.
  mutating func literalEscape(_ scalar: UInt32) throws -> UInt32 {
    switch scalar {
    case ascii("n"): return 0x0A
    case ascii("r"): return 0x0D
    case ascii("t"): return 0x09
    case ascii("f"): return 0x0C
    case ascii("v"): return 0x0B
    case ascii("a"): return 0x07
    case ascii("e"): return 0x1B
    case ascii("x"):
      guard skip("{") else { return try hexadecimal(1...2) }
      let value = try hexadecimal(1...8)
      guard skip("}") else { throw RegexError.endedEarly }
      return value
    case ascii("u"): return try hexadecimal(4...4)
    case 0x30...0x37:
      // Octal if it starts with zero; otherwise a back reference.
      guard scalar == 0x30 else { throw unsupported("\\" + String(scalarValues: [scalar])) }
      var value: UInt32 = 0
      for _ in 0..<2 {
        guard let next, let digit = digit(next, radix: 8) else { break }
        value = value * 8 + digit
        place += 1
      }
      return value
    case 0x38...0x39, 0x41...0x5A, 0x61...0x7A:
      throw unsupported("\\" + String(scalarValues: [scalar]))
    default: return scalar
    }
  }

  private mutating func hexadecimal(_ count: ClosedRange<Int>) throws -> UInt32 {
    var value: UInt32 = 0
    var digits = 0
    while digits < count.upperBound, let next, let digit = digit(next, radix: 16) {
      value = value << 4 | digit
      digits += 1
      place += 1
    }
    guard digits >= count.lowerBound, Unicode.Scalar(value) != nil else {
      throw unsupported("\\x")
    }
    return value
  }

  /// `\p{L}`, `\p{^Nd}`, `\p{Han}`.
  private mutating func property(isNegated: Bool) throws -> ScalarSet {
    guard skip("{") else { throw unsupported("\\p without {") }
    let isInverse = skip("^")
    var name = ""
    while true {
      let scalar = try advance()
      if scalar == ascii("}") { break }
      name += String(scalarValues: [scalar])
    }
    let wanted = isNegated != isInverse
    // Case, spaces, hyphens and underscores are ignored.
    let key = name.lowercased().filter { !" -_".contains($0) }
    if let mask = GeneralCategories.mask(of: key) {
      return ScalarSet(.init(categories: mask), isNegated: wanted)
    }
    if let script = scriptNames.firstIndex(where: {
      $0.lowercased().filter { $0 != "_" } == key
    }) {
      return ScalarSet(.init(scripts: [UInt8(truncatingIfNeeded: script + 1)]), isNegated: wanted)
    }
    switch key {
    case "any": return ScalarSet(.init(ranges: [0...0x10FFFF]), isNegated: wanted)
    case "ascii": return ScalarSet(.init(ranges: [0...0x7F]), isNegated: wanted)
    default:
      guard let union = posixClass(key) else { throw unsupported("\\p{\(name)}") }
      return ScalarSet(union, isNegated: wanted)
    }
  }

  /// `alpha`, `space` and other classes that are not spelt out elsewhere.
  private func posixClass(_ name: String) -> ScalarSet.Union? {
    switch name {
    case "alpha", "alphabetic": .init(facts: ScalarFacts.regexAlpha)
    case "upper", "uppercase": .init(facts: ScalarFacts.regexUpper)
    case "lower", "lowercase": .init(facts: ScalarFacts.regexLower)
    case "punct": .init(facts: ScalarFacts.regexPunctuation)
    case "digit": .init(facts: ScalarFacts.regexDigit)
    case "space", "whitespace": .init(facts: ScalarFacts.regexSpace)
    case "word": .init(facts: ScalarFacts.regexWord)
    case "alnum": .init(facts: ScalarFacts.regexAlpha | ScalarFacts.regexDigit)
    case "cntrl": .init(categories: GeneralCategories.mask(of: "cc") ?? 0)
    case "blank": .init(categories: GeneralCategories.mask(of: "zs") ?? 0, ranges: [9...9])
    case "xdigit": .init(ranges: [0x30...0x39, 0x41...0x46, 0x61...0x66])
    default: nil
    }
  }

  // MARK: - Brackets

  /// Follows the opening bracket: nested sets, ranges and intersections.
  mutating func bracket(depth: Int) throws -> ScalarSet {
    guard depth < Self.depthLimit else { throw RegexError.tooDeep(limit: Self.depthLimit) }
    let isNegated = skip("^")
    var operands: [ScalarSet.Union] = []
    var union = ScalarSet.Union()
    var isFirst = true
    while true {
      if next == ascii("]"), !isFirst {
        place += 1
        break
      }
      isFirst = false
      if skip("&&") {
        operands.append(union)
        union = ScalarSet.Union()
        continue
      }
      try addItem(to: &union, depth: depth)
    }
    if !operands.isEmpty {
      let sets = (operands + [union]).map { ScalarSet($0, ignoresCase: ignoresCase) }
      union = ScalarSet.Union(intersections: [sets])
    }
    return ScalarSet(union, isNegated: isNegated, ignoresCase: ignoresCase)
  }

  private mutating func addItem(to union: inout ScalarSet.Union, depth: Int) throws {
    if skip("[:") {
      let isInverse = skip("^")
      var name = ""
      while let scalar = next, scalar != ascii(":") {
        name += String(scalarValues: [scalar])
        place += 1
      }
      guard skip(":]"), let posix = posixClass(name) else { throw unsupported("[:\(name):]") }
      union.intersections.append([ScalarSet(posix, isNegated: isInverse)])
      return
    }
    if skip("[") {
      union.intersections.append([try bracket(depth: depth + 1)])
      return
    }
    guard case .scalar(let first) = try item(of: &union) else { return }
    guard next == ascii("-"), place + 1 < scalars.count, scalars[place + 1] != ascii("]") else {
      union.ranges.append(first...first)
      return
    }
    place += 1
    guard case .scalar(let last) = try item(of: &union) else {
      // `[a-\d]` is not a range, but all three.
      union.ranges += [first...first, 0x2D...0x2D]
      return
    }
    guard first <= last else { throw unsupported("an empty range") }
    union.ranges.append(first...last)
  }

  private enum Item {
    case scalar(UInt32)
    /// A class, already added to the union.
    case added
  }

  private mutating func item(of union: inout ScalarSet.Union) throws -> Item {
    let scalar = try advance()
    guard scalar == ascii("\\") else { return .scalar(scalar) }
    let escaped = try advance()
    if escaped == ascii("b") { return .scalar(0x08) }
    if let set = try classEscape(escaped) {
      set.add(to: &union)
      return .added
    }
    return .scalar(try literalEscape(escaped))
  }
}
