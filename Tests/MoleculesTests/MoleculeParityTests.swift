import Foundation
import Molecules
import Testing

/// What RDKit says of a text; `Tests/Fixtures/parity/molecules/generate.py` has the format.
private struct Row {
  let text: String
  let atoms: [[Int]]
  let bonds: [[Int]]
  let centers: [[Int]]
  /// By the number of the pattern.
  let matches: [Int: Set<[Int]>]

  init?(_ line: Substring) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard fields.count == 5 else { return nil }
    let lists = { (field: Substring) in
      field.split(separator: ";").map { $0.split(separator: ",").compactMap { Int($0) } }
    }
    text = String(fields[0])
    atoms = lists(fields[1])
    bonds = lists(fields[2])
    centers = lists(fields[3])
    matches = Dictionary(
      fields[4].split(separator: ";").compactMap { field -> (Int, Set<[Int]>)? in
        let sides = field.split(separator: "=")
        guard sides.count == 2, let number = Int(sides[0]) else { return nil }
        let sets = sides[1].split(separator: "/").map { set in
          set.split(separator: ",").compactMap { Int($0) }
        }
        return (number, Set(sets))
      }, uniquingKeysWith: { first, _ in first })
  }
}

/// Whether an odd number of exchanges leads from one order to the other.
private func isOdd(_ order: [Int?], _ other: [Int?]) -> Bool {
  var (order, isOdd) = (order, false)
  for index in other.indices {
    guard let place = order.firstIndex(of: other[index]), place != index else { continue }
    order.swapAt(index, place)
    isOdd.toggle()
  }
  return isOdd
}

@Suite struct `beside RDKit` {
  private let patterns: [String]
  private let rows: [Row]

  /// The fixture, or a larger file made by its script.
  init() throws {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/parity/molecules/molecules.tsv")
    let other = ProcessInfo.processInfo.environment["WHYLIGHT_MOLECULES"]
    let text = try String(
      contentsOf: other.map { URL(filePath: $0) } ?? fixture, encoding: .utf8)
    let lines = text.split(separator: "\n")
    patterns = lines.filter { $0.hasPrefix("pattern\t") }.map { String($0.dropFirst(8)) }
    rows = lines.filter { !$0.hasPrefix("pattern\t") }.compactMap { Row($0) }
    try #require(rows.count > 300 && rows.count == lines.count - patterns.count)
  }

  @Test func `atoms, bonds, orders, aromaticity and hydrogens are the same`() {
    for row in rows {
      let reading = SMILESReading(row.text)
      #expect(reading.problem == nil && reading.warnings.isEmpty, "\(row.text)")
      let molecule = reading.molecule
      let atoms = molecule.atoms.map {
        [
          $0.element.atomicNumber, $0.charge, $0.hydrogens, $0.isAromatic ? 1 : 0,
          $0.isotope ?? 0,
        ]
      }
      #expect(atoms == row.atoms, "\(row.text)")
      let bonds = molecule.bonds.map {
        [min($0.from, $0.to), max($0.from, $0.to), $0.isAromatic ? 0 : $0.order]
      }
      #expect(
        bonds.sorted { $0.lexicographicallyPrecedes($1) }
          == row.bonds.sorted { $0.lexicographicallyPrecedes($1) }, "\(row.text)")
    }
  }

  @Test func `every aromatic atom has a double bond or a reason to have none`() {
    for row in rows {
      let molecule = SMILESReading(row.text).molecule
      for (index, atom) in molecule.atoms.enumerated() where atom.isAromatic {
        let orders = molecule.bonds(of: index).map { molecule.bonds[$0].order }
        #expect(orders.count { $0 == 2 } <= 1 || atom.element.symbol == "S", "\(row.text)")
        guard atom.element.symbol == "C", atom.charge == 0 else { continue }
        #expect(orders.reduce(atom.hydrogens, +) == 4, "\(row.text) \(index)")
      }
    }
  }

  @Test func `stereocentres are the same`() {
    var count = 0
    for row in rows {
      let molecule = SMILESReading(row.text).molecule
      let tagged = molecule.atoms.indices.filter { molecule.atoms[$0].chirality != nil }
      #expect(tagged == row.centers.map { $0[0] }.sorted(), "\(row.text)")
      for center in row.centers {
        // RDKit names the neighbours in the order of its bonds, a hydrogen or a lone pair second.
        var theirs: [Int?] = Array(center.dropFirst(2))
        var ours = molecule.stereoNeighbors(of: center[0])
        if theirs.count == 3 { theirs.insert(nil, at: 1) }
        if ours.count == 3 {
          let hasPrevious = ours[0].map { $0 < center[0] } ?? false
          ours.insert(nil, at: hasPrevious ? 1 : 0)
        }
        let isClockwise = (molecule.atoms[center[0]].chirality == .clockwise) != isOdd(ours, theirs)
        #expect(isClockwise == (center[1] == 1), "\(row.text) \(center[0])")
        count += 1
      }
    }
    #expect(count > 100)
  }

  @Test func `substructures are found at the same places`() throws {
    #expect(patterns == NamedPattern.all.map(\.smarts))
    let smarts = try NamedPattern.all.map { try #require(SMARTS($0.smarts), "\($0.smarts)") }
    for row in rows {
      let molecule = SMILESReading(row.text).molecule
      for (number, pattern) in smarts.enumerated() {
        let found = Set(pattern.matches(in: molecule).map { $0.sorted() })
        #expect(found == row.matches[number] ?? [], "\(patterns[number]) in \(row.text)")
      }
    }
  }
}
