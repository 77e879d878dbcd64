/// Reads the text from left to right: atoms, bonds and parts as they are written.
struct SMILESParser {
  private(set) var atoms: [Atom] = []
  private(set) var bonds: [Bond] = []
  /// The bonds of each atom in the order of the text.
  private(set) var incident: [[Int]] = []
  private(set) var parts: [SMILESPart] = []
  /// The first mistake.
  var problem: SMILESProblem?

  private let bytes: [UInt8]
  private var place = 0
  private let end: Int
  /// The atom to which the next one is bound.
  private var previous: Int?
  private var branches: [Branch] = []
  private var openRings: [Int: OpenRing] = [:]
  private var pending: Sign?
  /// The atoms at which rings are opened and not closed.
  private var unclosed: [Int] = []

  private struct Branch {
    let atom: Int?
    let range: Range<Int>
    let atoms: Int
  }

  /// The symbol of a bond whose second atom has not been read yet.
  private struct Sign {
    let byte: UInt8
    let range: Range<Int>
    /// Its index in `parts`.
    let part: Int
  }

  private struct OpenRing {
    let atom: Int
    let sign: Sign?
    let range: Range<Int>
    let part: Int
    /// Its index among the bonds of the atom, where the element is -1 until the ring is closed.
    let slot: Int
  }

  init(_ text: String) {
    bytes = Array(text.utf8)
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    place = bytes.firstIndex { !isSpace($0) } ?? bytes.count
    end = (bytes.lastIndex { !isSpace($0) } ?? place - 1) + 1
  }

  mutating func read() {
    while place < end {
      switch bytes[place] {
      case 0x5B: readBracket()
      case 0x28: openBranch()
      case 0x29: closeBranch()
      case 0x2E: readDot()
      case 0x30...0x39, 0x25: readRing()
      case 0x2D, 0x3D, 0x23, 0x24, 0x3A, 0x2F, 0x5C: readBond()
      default: readPlainAtom()
      }
    }
    finish()
  }

  private mutating func report(_ kind: SMILESProblem.Kind, _ range: Range<Int>) {
    if problem == nil { problem = SMILESProblem(kind: kind, range: range) }
  }

  /// Skips text that cannot be read.
  private mutating func skip(_ length: Int, _ kind: SMILESProblem.Kind) {
    let range = place..<place + length
    report(kind, range)
    parts.append(SMILESPart(kind: .unreadable, range: range))
    place += length
  }

  // MARK: Atoms

  private mutating func readPlainAtom() {
    let byte = bytes[place]
    let next = place + 1 < end ? bytes[place + 1] : 0
    var length = 1
    let element: Element
    switch (byte, next) {
    case (0x43, 0x6C): (element, length) = (.chlorine, 2)
    case (0x42, 0x72): (element, length) = (.bromine, 2)
    case (0x42, _), (0x62, _): element = .boron
    case (0x43, _), (0x63, _): element = .carbon
    case (0x4E, _), (0x6E, _): element = .nitrogen
    case (0x4F, _), (0x6F, _): element = .oxygen
    case (0x50, _), (0x70, _): element = .phosphorus
    case (0x53, _), (0x73, _): element = .sulfur
    case (0x46, _): element = .fluorine
    case (0x49, _): element = .iodine
    case (0x2A, _): element = .any
    default: return skipUnknown()
    }
    if length == 1, byte < 0x61, (0x61...0x7A).contains(next), !Self.aromaticLetters.contains(next)
    {
      // Na is read as such, not as N and an unknown a.
      let pair = String(decoding: [byte, next], as: UTF8.self)
      if Element(symbol: pair) != nil { return skip(2, .unknownElement(pair)) }
    }
    var atom = Atom(element: element, range: place..<place + length)
    atom.isWrittenAromatic = byte >= 0x61
    add(atom)
  }

  /// b c n o p s
  private static let aromaticLetters: Set<UInt8> = [0x62, 0x63, 0x6E, 0x6F, 0x70, 0x73]

  private mutating func skipUnknown() {
    let byte = bytes[place]
    // A non-ASCII character is skipped as a whole.
    var length = 1
    while place + length < end && bytes[place + length] & 0xC0 == 0x80 { length += 1 }
    guard isLetter(byte) else {
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      return isSpace ? skip(end - place, .textAfterSpace) : skip(length, .unexpectedCharacter)
    }
    if byte < 0x61, place + 1 < end {
      let pair = String(decoding: bytes[place..<place + 2], as: UTF8.self)
      if Element(symbol: pair) != nil { return skip(2, .unknownElement(pair)) }
    }
    skip(1, .unknownElement(String(decoding: [byte], as: UTF8.self)))
  }

  private mutating func readBracket() {
    let reading = BracketAtom(bytes[..<end], at: place)
    guard let problem = reading.problem else {
      place = reading.end
      return add(reading.atom)
    }
    skip(reading.end - place, problem)
  }

  private mutating func add(_ atom: Atom) {
    let number = atoms.count
    parts.append(SMILESPart(kind: .atom(number), range: atom.range))
    atoms.append(atom)
    incident.append([])
    if let previous {
      var bond = Bond(from: previous, to: number)
      mark(&bond, as: pending)
      if let pending {
        bond.ranges = [pending.range]
        parts[pending.part] = SMILESPart(kind: .bond(bonds.count), range: pending.range)
      }
      incident[previous].append(bonds.count)
      incident[number].append(bonds.count)
      bonds.append(bond)
    }
    pending = nil
    previous = number
    place = atom.range.upperBound
  }

  // MARK: Bonds

  private mutating func readBond() {
    let range = place..<place + 1
    guard previous != nil, pending == nil else {
      return skip(1, previous == nil ? .bondWithoutAtom : .unexpectedCharacter)
    }
    pending = Sign(byte: bytes[place], range: range, part: parts.count)
    parts.append(SMILESPart(kind: .unreadable, range: range))
    place += 1
  }

  /// A symbol without a second atom is unreadable.
  private mutating func dropPending() {
    if let pending { report(.bondWithoutAtom, pending.range) }
    pending = nil
  }

  private func mark(_ bond: inout Bond, as sign: Sign?) {
    let areAromatic = atoms[bond.from].isWrittenAromatic && atoms[bond.to].isWrittenAromatic
    switch sign?.byte {
    case 0x3D: bond.order = 2
    case 0x23: bond.order = 3
    case 0x24: bond.order = 4
    case 0x3A: bond.isWrittenAromatic = true
    case 0x2F: bond.direction = .up
    case 0x5C: bond.direction = .down
    case nil: bond.isWrittenAromatic = areAromatic
    default: break
    }
  }

  // MARK: Rings

  private mutating func readRing() {
    let start = place
    guard let (number, length) = ringNumber() else {
      return skip(1, .invalidRingNumber)
    }
    let range = start..<start + length
    guard let previous else { return skip(length, .nothingBefore) }
    guard let open = openRings[number] else {
      openRings[number] = OpenRing(
        atom: previous, sign: pending, range: range, part: parts.count,
        slot: incident[previous].count)
      incident[previous].append(-1)
      parts.append(SMILESPart(kind: .unreadable, range: range))
      pending = nil
      place = range.upperBound
      return
    }
    openRings[number] = nil
    close(open, number, at: previous, range)
    pending = nil
    place = range.upperBound
  }

  /// The ring number at this offset, and its length in bytes.
  private func ringNumber() -> (number: Int, length: Int)? {
    let digit = { (at: Int) in
      at < end && (0x30...0x39).contains(bytes[at]) ? Int(bytes[at]) - 0x30 : nil
    }
    if let number = digit(place) { return (number, 1) }
    if let tens = digit(place + 1), let ones = digit(place + 2) { return (10 * tens + ones, 3) }
    guard place + 1 < end, bytes[place + 1] == 0x28 else { return nil }
    var number = 0
    var next = place + 2
    while let value = digit(next), next < place + 7 {
      number = 10 * number + value
      next += 1
    }
    guard next > place + 2, next < end, bytes[next] == 0x29 else { return nil }
    return (number, next + 1 - place)
  }

  private mutating func close(
    _ open: OpenRing, _ number: Int, at atom: Int, _ range: Range<Int>
  ) {
    let closing = pending
    let ring: SMILESProblem.Kind? =
      if open.atom == atom {
        .ringOfOneAtom(number)
      } else if incident[open.atom].contains(where: {
        $0 >= 0 && bonds[$0].other(than: open.atom) == atom
      }) { .ringOfTwoAtoms(number) } else if conflict(open.sign, closing) {
        .conflictingRing(number)
      } else { nil }
    if let ring {
      report(ring, range)
      parts.append(SMILESPart(kind: .unreadable, range: range))
      guard case .conflictingRing = ring else { return unclosed.append(open.atom) }
    } else {
      parts.append(SMILESPart(kind: .ringClosure(bonds.count), range: range))
    }
    var bond = Bond(from: open.atom, to: atom)
    bond.isRingClosure = true
    mark(&bond, as: open.sign ?? closing)
    if open.sign == nil { bond.direction = bond.direction?.reversed }
    parts[open.part] = SMILESPart(kind: .ringClosure(bonds.count), range: open.range)
    for sign in [open.sign, closing].compactMap(\.self) {
      bond.ranges.append(sign.range)
      parts[sign.part] = SMILESPart(kind: .bond(bonds.count), range: sign.range)
    }
    bond.ranges = (bond.ranges + [open.range, range]).sorted { $0.lowerBound < $1.lowerBound }
    incident[open.atom][open.slot] = bonds.count
    incident[atom].append(bonds.count)
    bonds.append(bond)
  }

  /// Whether the symbols at both ends of a ring bond contradict each other. `/` and `\` mean a
  /// single bond, and each applies to its own end.
  private func conflict(_ opening: Sign?, _ closing: Sign?) -> Bool {
    guard let opening, let closing else { return false }
    let isDirection = { (sign: Sign) in sign.byte == 0x2F || sign.byte == 0x5C }
    if isDirection(opening) && isDirection(closing) { return opening.byte == closing.byte }
    let kind = { (sign: Sign) in isDirection(sign) ? 0x2D : sign.byte }
    return kind(opening) != kind(closing)
  }

  // MARK: Branches and dots

  private mutating func openBranch() {
    guard let previous else { return skip(1, .nothingBefore) }
    dropPending()
    let range = place..<place + 1
    branches.append(Branch(atom: previous, range: range, atoms: atoms.count))
    parts.append(SMILESPart(kind: .branchStart, range: range))
    place += 1
  }

  private mutating func closeBranch() {
    guard let branch = branches.popLast() else { return skip(1, .unopenedBranch) }
    dropPending()
    let range = place..<place + 1
    if branch.atoms == atoms.count { report(.emptyBranch, branch.range.lowerBound..<place + 1) }
    parts.append(SMILESPart(kind: .branchEnd, range: range))
    previous = branch.atom
    place += 1
  }

  private mutating func readDot() {
    guard previous != nil || isBranchStart else { return skip(1, .nothingBefore) }
    dropPending()
    parts.append(SMILESPart(kind: .dot, range: place..<place + 1))
    previous = nil
    place += 1
    if place == end { report(.nothingBefore, place - 1..<place) }
  }

  private var isBranchStart: Bool { parts.last?.kind == .branchStart }

  // MARK: The end

  private mutating func finish() {
    dropPending()
    if let open = branches.first { report(.unclosedBranch, open.range) }
    if let (number, open) = openRings.min(by: {
      $0.value.range.lowerBound < $1.value.range.lowerBound
    }) {
      report(.unclosedRing(number), open.range)
    }
    unclosed += openRings.values.map(\.atom)
    for atom in unclosed { incident[atom].removeAll { $0 < 0 } }
    if atoms.isEmpty { report(.noAtoms, 0..<bytes.count) }
  }
}

func isLetter(_ byte: UInt8) -> Bool {
  (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}
