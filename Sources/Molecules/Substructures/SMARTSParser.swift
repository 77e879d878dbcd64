/// Reads a pattern from left to right.
struct SMARTSParser {
  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { place == bytes.count }

  private var byte: Character? {
    place < bytes.count ? Character(Unicode.Scalar(bytes[place])) : nil
  }

  private mutating func consume(_ text: String) -> Bool {
    guard bytes[place...].starts(with: text.utf8) else { return false }
    place += text.utf8.count
    return true
  }

  private mutating func number() -> Int? {
    let digits = bytes[place...].prefix { (0x30...0x39).contains($0) }.prefix(3)
    place += digits.count
    return digits.isEmpty ? nil : digits.reduce(0) { 10 * $0 + Int($1) - 0x30 }
  }

  /// A pattern up to the end, or up to a closing parenthesis.
  mutating func pattern() -> SMARTS? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 5 else { return nil }
    var atoms: [AtomTest] = []
    var bonds: [SMARTS.BondPattern] = []
    var previous: Int?
    var branches: [Int] = []
    var rings: [Int: (atom: Int, test: BondTest?)] = [:]
    while !isAtEnd {
      if byte == "(" {
        guard let previous else { return nil }
        branches.append(previous)
        place += 1
        continue
      }
      if byte == ")" {
        guard let branch = branches.popLast() else { break }
        previous = branch
        place += 1
        continue
      }
      let test = bond()
      if let digit = byte, digit.isWholeNumber, let ring = digit.wholeNumberValue {
        guard let last = previous else { return nil }
        place += 1
        if let open = rings.removeValue(forKey: ring) {
          bonds.append(.init(from: open.atom, to: last, test: open.test ?? test ?? .plain))
        } else {
          rings[ring] = (last, test)
        }
        continue
      }
      guard let atom = atom() else { return nil }
      if let previous {
        bonds.append(.init(from: previous, to: atoms.count, test: test ?? .plain))
      } else if !atoms.isEmpty || test != nil {
        return nil
      }
      previous = atoms.count
      atoms.append(atom)
    }
    guard !atoms.isEmpty, branches.isEmpty, rings.isEmpty else { return nil }
    return SMARTS(atoms: atoms, bonds: bonds)
  }

  private mutating func bond() -> BondTest? {
    var tests: [BondTest] = []
    while let byte {
      let isNegated = byte == "!"
      if isNegated { place += 1 }
      let test: BondTest? =
        switch self.byte {
        case "-": .order(1)
        case "=": .order(2)
        case "#": .order(3)
        case ":": .aromatic
        case "~": .any
        case "@": .inRing
        default: nil
        }
      guard let test else { break }
      place += 1
      tests.append(isNegated ? .not(test) : test)
      if self.byte == "&" || self.byte == ";" { place += 1 }
    }
    return tests.isEmpty ? nil : tests.count == 1 ? tests[0] : .all(tests)
  }

  private mutating func atom() -> AtomTest? {
    guard consume("[") else { return plainAtom() }
    let test = list(";") { $0.list(",") { $0.list(nil) { $0.primitive() } } }
    return consume("]") ? test : nil
  }

  /// An atom without brackets.
  private mutating func plainAtom() -> AtomTest? {
    for symbol in ["Cl", "Br", "B", "C", "N", "O", "P", "S", "F", "I"] where consume(symbol) {
      return Element(symbol: symbol).map { .element($0, isAromatic: false) }
    }
    for symbol in ["c", "n", "o", "s", "p"] where consume(symbol) {
      return Element(symbol: symbol.uppercased()).map { .element($0, isAromatic: true) }
    }
    return consume("*") ? .any : consume("a") ? .aromatic : consume("A") ? .aliphatic : nil
  }

  /// Conditions separated by an operator; `&` may be omitted.
  private mutating func list(
    _ sign: String?, _ member: (inout SMARTSParser) -> AtomTest?
  ) -> AtomTest? {
    var tests: [AtomTest] = []
    repeat {
      guard let test = member(&self) else { return nil }
      tests.append(test)
      if sign == nil {
        if consume("&") { continue }
        if byte == nil || byte == "]" || byte == "," || byte == ";" { break }
      }
    } while sign.map { consume($0) } ?? true
    return tests.count == 1 ? tests[0] : sign == "," ? .either(tests) : .all(tests)
  }

  private mutating func primitive() -> AtomTest? {
    if consume("!") { return primitive().map { .not($0) } }
    if consume("$(") {
      guard let inner = pattern(), consume(")") else { return nil }
      return .within(inner)
    }
    if consume("#") {
      return number().flatMap { $0 <= 118 ? .element(Element($0), isAromatic: nil) : nil }
    }
    if consume("+") { return .charge(number() ?? 1) }
    if consume("-") { return .charge(-(number() ?? 1)) }
    if consume("D") { return .degree(number() ?? 1) }
    if consume("X") { return .connections(number() ?? 1) }
    if consume("H") { return .hydrogens(number() ?? 1) }
    if consume("R") { return number() == 0 ? .not(.inRing) : .inRing }
    return plainAtom()
  }
}
