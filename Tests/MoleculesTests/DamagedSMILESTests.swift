import Molecules
import TestSupport
import Testing

/// Texts as they come about while one types, and as nobody would type them.
private func damaged(_ count: Int, seed: UInt64) -> [String] {
  var random = SeededRandom(seed: seed)
  let letters = Array("CNOcnos[]()=#-+\\/.@%0123456789ClBrFIHP:*é ".utf8)
  return (0..<count).map { _ in
    var bytes = Array((molecules.randomElement(using: &random) ?? "C").utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let letter = letters.randomElement(using: &random) ?? 0x43
      switch Int.random(in: 0..<5, using: &random) {
      case 0 where place < bytes.count: bytes.remove(at: place)
      case 1: bytes.insert(letter, at: place)
      case 2 where place < bytes.count: bytes[place] = letter
      case 3:
        let end = Int.random(in: place...bytes.count, using: &random)
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      default: bytes = Array(bytes[..<max(place, 1)])
      }
      if bytes.isEmpty { bytes = [letter] }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

@Suite struct `a damaged SMILES` {
  @Test func `is read as far as it can be, and every byte has its part`() {
    for text in damaged(10_000, seed: 14) {
      let reading = SMILESReading(text)
      let molecule = reading.molecule
      var end = text.utf8.prefix { $0 == 0x20 }.count
      for part in reading.parts {
        #expect(part.range.lowerBound == end && !part.range.isEmpty, "\(text)")
        end = part.range.upperBound
        if part.kind == .unreadable { #expect(reading.problem != nil, "\(text)") }
      }
      #expect(text.utf8.dropFirst(end).allSatisfy { $0 == 0x20 }, "\(text)")
      for bond in molecule.bonds {
        #expect(bond.from != bond.to && bond.from < molecule.atoms.count, "\(text)")
      }
    }
  }

  @Test func `is drawn or refused, named and written`() {
    for text in damaged(1_500, seed: 15) {
      let molecule = SMILESReading(text).molecule
      if let drawing = try? Depiction(of: molecule) {
        #expect(drawing.points.count == molecule.atoms.count)
        #expect(drawing.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
      }
      #expect(molecule.substructures.flatMap(\.atoms).count == molecule.atoms.count, "\(text)")
      var generator = SeededRandom(seed: 1)
      #expect(molecule.randomSMILES(using: &generator).ranges.count == molecule.atoms.count)
    }
  }
}
