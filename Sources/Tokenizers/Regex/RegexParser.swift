/// Parses a regular expression in Oniguruma's Ruby syntax, as the library passes it to Oniguruma.
struct RegexParser {
  static let lengthLimit = 5_000
  static let depthLimit = 50

  let scalars: [UInt32]
  var place = 0
  private var options = Options()

  struct Options {
    var ignoresCase = false
    /// `(?m)`: the dot also matches line ends.
    var dotMatchesLineEnds = false
  }

  /// - Throws: `RegexError`.
  static func parse(_ pattern: String) throws -> RegexNode {
    guard pattern.utf8.count <= lengthLimit else { throw RegexError.tooLong(limit: lengthLimit) }
    var parser = RegexParser(scalars: pattern.scalarValues)
    let node = try parser.alternatives(depth: 0)
    if let next = parser.next { throw parser.unexpected(next) }
    return node
  }

  private init(scalars: [UInt32]) {
    self.scalars = scalars
  }

  var next: UInt32? { place < scalars.count ? scalars[place] : nil }
  var ignoresCase: Bool { options.ignoresCase }

  mutating func advance() throws -> UInt32 {
    guard let next else { throw RegexError.endedEarly }
    place += 1
    return next
  }

  /// Skips `text` if it comes next, and says whether it did.
  mutating func skip(_ text: String) -> Bool {
    var end = place
    for scalar in text.unicodeScalars {
      guard end < scalars.count, scalars[end] == scalar.value else { return false }
      end += 1
    }
    place = end
    return true
  }

  func unexpected(_ scalar: UInt32) -> RegexError {
    .unexpected(String(scalarValues: [scalar]), at: place)
  }

  func unsupported(_ what: String) -> RegexError {
    .unsupported(what, at: max(0, place - 1))
  }

  // MARK: - Structure

  /// An option that is set inside a group applies up to the group's end.
  mutating func alternatives(depth: Int) throws -> RegexNode {
    guard depth < Self.depthLimit else { throw RegexError.tooDeep(limit: Self.depthLimit) }
    let outside = options
    defer { options = outside }
    var branches = [try sequence(depth: depth)]
    while skip("|") { branches.append(try sequence(depth: depth)) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence(depth: Int) throws -> RegexNode {
    var nodes: [RegexNode] = []
    while let next, next != ascii("|"), next != ascii(")") {
      guard let atom = try atom(depth: depth) else { continue }
      nodes.append(try quantified(atom))
    }
    try checkFolding(nodes)
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  /// Sequences of letters that fold to a single scalar (`ss` and ß) are not supported.
  private func checkFolding(_ nodes: [RegexNode]) throws {
    guard options.ignoresCase else { return }
    for pair in zip(nodes, nodes.dropFirst()) {
      guard case (.set(let first), .set(let second)) = pair else { continue }
      for letters in ["ss", "ff", "fi", "fl", "st"] {
        let values = letters.scalarValues
        if first == ScalarSet(values[0], ignoresCase: true),
          second == ScalarSet(values[1], ignoresCase: true)
        {
          throw unsupported("(?i)" + letters)
        }
      }
    }
  }

  private mutating func quantified(_ atom: RegexNode) throws -> RegexNode {
    var node = atom
    var count = 0
    while var times = try quantifier() {
      count += 1
      guard count < Self.depthLimit else { throw RegexError.tooDeep(limit: Self.depthLimit) }
      if times.isInterval {
        // `{n}?` makes it optional; `{n,m}+` repeats it.
        if skip("?") {
          if times.repetition.minimum == times.repetition.maximum {
            node = .repetition(node, times.repetition)
            times.repetition = RegexRepetition(minimum: 0, maximum: 1, greed: .greedy)
          } else {
            times.repetition.greed = .lazy
          }
        }
      } else if skip("?") {
        times.repetition.greed = .lazy
      } else if skip("+") {
        times.repetition.greed = .possessive
      }
      node = .repetition(node, times.repetition)
    }
    return node
  }

  private mutating func quantifier() throws -> (repetition: RegexRepetition, isInterval: Bool)? {
    func times(_ minimum: Int, _ maximum: Int?) -> RegexRepetition {
      RegexRepetition(minimum: minimum, maximum: maximum, greed: .greedy)
    }
    if skip("*") { return (times(0, nil), false) }
    if skip("+") { return (times(1, nil), false) }
    if skip("?") { return (times(0, 1), false) }
    let start = place
    guard skip("{") else { return nil }
    let minimum = try number()
    let hasComma = skip(",")
    let maximum = hasComma ? try number() : minimum
    guard minimum != nil || maximum != nil, skip("}") else {
      place = start
      return nil
    }
    if let minimum, let maximum, minimum > maximum { throw unsupported("{\(minimum),\(maximum)}") }
    return (times(minimum ?? 0, maximum), true)
  }

  private mutating func number() throws -> Int? {
    var value: Int?
    while let next, let digit = digit(next, radix: 10) {
      value = (value ?? 0) * 10 + Int(digit)
      if value ?? 0 > 1000 { throw unsupported("a repetition of more than 1000") }
      place += 1
    }
    return value
  }

  // MARK: - Atoms

  /// nil for constructs that match nothing themselves: a comment, an option.
  private mutating func atom(depth: Int) throws -> RegexNode? {
    let start = place
    let scalar = try advance()
    switch scalar {
    case ascii("("): return try group(depth: depth)
    case ascii("["): return .set(try bracket(depth: depth))
    case ascii("\\"): return try escaped()
    case ascii("^"): return .anchor(.lineStart)
    case ascii("$"): return .anchor(.lineEnd)
    case ascii("."):
      let lineEnd: [ClosedRange<UInt32>] = options.dotMatchesLineEnds ? [] : [10...10]
      return .set(ScalarSet(.init(ranges: lineEnd), isNegated: true))
    case ascii("*"), ascii("+"), ascii("?"):
      place = start
      throw unexpected(scalar)
    default: return .set(ScalarSet(scalar, ignoresCase: options.ignoresCase))
    }
  }

  private mutating func escaped() throws -> RegexNode {
    let scalar = try advance()
    switch scalar {
    case ascii("A"): return .anchor(.textStart)
    case ascii("z"): return .anchor(.textEnd)
    case ascii("Z"): return .anchor(.textEndOrLastLineEnd)
    case ascii("b"): return .anchor(.wordBoundary)
    case ascii("B"): return .anchor(.noWordBoundary)
    default:
      if let set = try classEscape(scalar) { return .set(set) }
      return .set(ScalarSet(try literalEscape(scalar), ignoresCase: options.ignoresCase))
    }
  }

  private mutating func group(depth: Int) throws -> RegexNode? {
    if skip("?#") {
      while try advance() != ascii(")") {}
      return nil
    }
    if skip("?:") { return try closed(depth) }
    if skip("?>") { return .atomic(try closed(depth)) }
    if skip("?=") { return .look(try closed(depth), behind: false, negated: false) }
    if skip("?!") { return .look(try closed(depth), behind: false, negated: true) }
    if skip("?<=") { return .look(try closed(depth), behind: true, negated: false) }
    if skip("?<!") { return .look(try closed(depth), behind: true, negated: true) }
    if skip("?<") || skip("?'") {
      while let name = next, name != ascii(">"), name != ascii("'") { place += 1 }
      _ = try advance()
      return try closed(depth)
    }
    if skip("?") { return try optionGroup(depth) }
    return try closed(depth)
  }

  private mutating func closed(_ depth: Int) throws -> RegexNode {
    let node = try alternatives(depth: depth + 1)
    guard skip(")") else { throw RegexError.endedEarly }
    return node
  }

  /// `(?i)`, `(?i:…)`, `(?m-i:…)`.
  private mutating func optionGroup(_ depth: Int) throws -> RegexNode? {
    let outside = options
    var isOn = true
    while true {
      let scalar = try advance()
      switch scalar {
      case ascii("-"): isOn = false
      case ascii("i"): options.ignoresCase = isOn
      case ascii("m"): options.dotMatchesLineEnds = isOn
      case ascii(":"):
        defer { options = outside }
        return try closed(depth)
      case ascii(")"):
        // It applies to the following alternatives as well.
        let rest = try alternativesKeepingOptions(depth)
        return rest
      default: throw unsupported("(?" + String(scalarValues: [scalar]))
      }
    }
  }

  private mutating func alternativesKeepingOptions(_ depth: Int) throws -> RegexNode {
    let kept = options
    defer { options = kept }
    return try alternatives(depth: depth + 1)
  }
}

func ascii(_ scalar: Unicode.Scalar) -> UInt32 { scalar.value }

/// The value of a digit; nil if it is not one in that radix.
func digit(_ scalar: UInt32, radix: UInt32) -> UInt32? {
  let value: UInt32
  switch scalar {
  case 0x30...0x39: value = scalar - 0x30
  case 0x41...0x46: value = scalar - 0x41 + 10
  case 0x61...0x66: value = scalar - 0x61 + 10
  default: return nil
  }
  return value < radix ? value : nil
}
