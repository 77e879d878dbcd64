/// An atom in brackets: isotope, element, chirality, hydrogens, charge, class, in this order.
struct BracketAtom {
  private(set) var atom: Atom
  /// Where it ends, or, if there is a problem, how far it can be read.
  private(set) var end: Int
  private(set) var problem: SMILESProblem.Kind?

  private let bytes: ArraySlice<UInt8>

  /// - Parameter start: the offset of `[`.
  init(_ bytes: ArraySlice<UInt8>, at start: Int) {
    self.bytes = bytes
    end = start + 1
    atom = Atom(element: .any, range: start..<start + 1)
    atom.isBracketed = true
    read()
    guard problem == nil else { return }
    if byte == 0x5D {
      end += 1
      atom.range = start..<end
    } else {
      problem = end >= bytes.endIndex ? .unclosedBracket : .invalidBracket
    }
    if problem == .invalidBracket { skipToBracket() }
  }

  private mutating func read() {
    if let isotope = number(digits: 4) { atom.isotope = isotope }
    guard problem == nil else { return }
    readElement()
    guard problem == nil else { return }
    if byte == 0x40 { readChirality() }
    if byte == 0x48 {
      end += 1
      atom.explicitHydrogens = number(digits: 2) ?? 1
    }
    readCharge()
    if byte == 0x3A, let next = bytes.dropFirst(end + 1 - bytes.startIndex).first, isDigit(next) {
      end += 1
      atom.atomClass = number(digits: 9)
    }
  }

  private var byte: UInt8? { end < bytes.endIndex ? bytes[end] : nil }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Skips brackets with other contents as a whole if they are closed.
  private mutating func skipToBracket() {
    let rest = bytes[end...].prefix(64)
    guard let stop = rest.firstIndex(where: { $0 == 0x5D || $0 == 0x5B }) else {
      problem = .unclosedBracket
      return
    }
    if bytes[stop] == 0x5D { end = stop + 1 } else { problem = .unclosedBracket }
  }

  private mutating func number(digits: Int) -> Int? {
    let start = end
    var value = 0
    while let byte, isDigit(byte) {
      guard end - start < digits else {
        problem = .numberTooLarge
        return nil
      }
      value = 10 * value + Int(byte) - 0x30
      end += 1
    }
    return end > start ? value : nil
  }

  private mutating func readElement() {
    guard let first = byte else {
      problem = .unclosedBracket
      return
    }
    let second = end + 1 < bytes.endIndex ? bytes[end + 1] : 0
    if first == 0x2A {
      end += 1
      return
    }
    guard isLetter(first) else {
      problem = .invalidBracket
      return
    }
    let letters = [first, second]
    if first >= 0x61 {
      atom.isWrittenAromatic = true
      if let element = Self.aromaticPairs[letters] {
        atom.element = element
        end += 2
        return
      }
      if let element = Self.aromaticLetters[first] {
        atom.element = element
        end += 1
        return
      }
    } else {
      for length in [2, 1] where length == 1 || isLetter(second) && second >= 0x61 {
        let symbol = String(decoding: letters.prefix(length), as: UTF8.self)
        guard let element = Element(symbol: symbol) else { continue }
        atom.element = element
        end += length
        return
      }
    }
    let length = isLetter(second) && second >= 0x61 ? 2 : 1
    problem = .unknownElement(String(decoding: letters.prefix(length), as: UTF8.self))
    end += length
    let known = problem
    skipToBracket()
    problem = known
  }

  private mutating func readChirality() {
    end += 1
    if byte == 0x40 {
      end += 1
      atom.chirality = .clockwise
      return
    }
    atom.chirality = .counterclockwise
    guard end + 2 < bytes.endIndex else {
      // The name of a shape that is still being typed.
      let rest = String(decoding: bytes[end...], as: UTF8.self)
      let isName = Chirality.Shape.allCases.contains { $0.rawValue.hasPrefix(rest) }
      if isName { end = bytes.endIndex }
      return
    }
    let name = String(decoding: bytes[end..<end + 2], as: UTF8.self)
    guard let shape = Chirality.Shape(rawValue: name), isDigit(bytes[end + 2]) else { return }
    end += 2
    guard let order = number(digits: 2), (1...shape.orders).contains(order) else {
      problem = .invalidBracket
      return
    }
    atom.chirality = Chirality(shape: shape, order: order)
  }

  private mutating func readCharge() {
    guard let sign = byte, sign == 0x2B || sign == 0x2D else { return }
    let unit = sign == 0x2B ? 1 : -1
    end += 1
    if byte == sign {
      var count = 1
      while byte == sign, count < 15 {
        count += 1
        end += 1
      }
      atom.charge = unit * count
      return
    }
    atom.charge = unit * (number(digits: 2) ?? 1)
  }

  private static let aromaticPairs: [[UInt8]: Element] = {
    let pairs = ["se": "Se", "te": "Te", "as": "As", "si": "Si"]
    return Dictionary(
      uniqueKeysWithValues: pairs.compactMap { key, symbol in
        Element(symbol: symbol).map { (Array(key.utf8), $0) }
      })
  }()

  private static let aromaticLetters: [UInt8: Element] = [
    0x62: .boron, 0x63: .carbon, 0x6E: .nitrogen, 0x6F: .oxygen, 0x70: .phosphorus, 0x73: .sulfur,
  ]
}
