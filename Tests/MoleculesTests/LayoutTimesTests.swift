import Foundation
import Glibc
import Molecules
import Testing

/// How long drawings take, of a file of molecules: `WHYLIGHT_LAYOUTS=FILE`, a SMILES at the beginning of each line.
private enum Layouts {
  static let file = ProcessInfo.processInfo.environment["WHYLIGHT_LAYOUTS"]
  /// By the number of their atoms.
  static let sizes = [0...20, 21...30, 31...40, 41...50, 51...70, 71...100, 101...100_000]

  /// Of this thread, in milliseconds.
  static func processorTime() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
  }
}

@Test(.enabled(if: Layouts.file != nil, "set WHYLIGHT_LAYOUTS to a file of SMILES"))
func `drawings of a file of molecules are timed`() throws {
  let file = try #require(Layouts.file)
  let texts = try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    .compactMap { $0.split(whereSeparator: \.isWhitespace).first.map(String.init) }
  var times: [ClosedRange<Int>: [Double]] = [:]
  for text in texts {
    let molecule = SMILESReading(text).molecule
    guard let size = Layouts.sizes.first(where: { $0.contains(molecule.atoms.count) }) else {
      continue
    }
    let best = try (0..<3).map { _ in
      let start = Layouts.processorTime()
      _ = try Depiction(of: molecule)
      return Layouts.processorTime() - start
    }.min()
    times[size, default: []].append(try #require(best))
  }
  #expect(!times.isEmpty, "no molecules in \(file)")
  for size in Layouts.sizes {
    guard let some = times[size]?.sorted() else { continue }
    let shown = [0.5, 0.95, 1].map { part in
      String(format: "%.2f", some[min(some.count - 1, Int(part * Double(some.count)))])
    }
    print(
      "\(size.lowerBound) to \(size.upperBound) atoms, \(some.count): \(shown.joined(separator: " / ")) ms"
    )
  }
}

/// CoordGen opens the bonds of this invented cage in so many orders that it did not end within half a minute; from
/// circles and least stress it takes 8 ms. A drawing is waited for while somebody types.
@Test func `a cage that CoordGen would open over and over is drawn in time`() throws {
  let text =
    "CC6%15C%19C38C%11%12CC%19CC(CC2C6%12C2C3%15C%11C8)C4%13C%22C%17C(C7(C)C%20(C%13%16C7%14C%22CC%20C4%14C(C%16)C5(CC9%21CCC15C9C%21C1%24C%18CCCC%10%23C(CC%10)C%18%23C%24)C)C)C%17"
  let start = Layouts.processorTime()
  let drawing = try Depiction(of: SMILESReading(text).molecule)
  #expect(Layouts.processorTime() - start < 5000)
  #expect(drawing.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
}

@Test(arguments: [
  ("c1ccc2ccccc2c1", 0), ("C12C3C4C1C5C2C3C45", 0),
  ("C12C3C4C5C1C6C7C2C8C3C9C4C1C5C6C2C7C8C9C12", 0),
  ("C1CCCCCCCCC1", 3), ("C12(C3)CC13C2", 3), ("C12(C3)CC13C2CC1CCCCCCCCC1", 6),
])
private func `openings are counted by cages and macrocycles`(text: String, count: Int) {
  let molecule = SMILESReading(text).molecule
  let graph = LayoutGraph(
    atoms: molecule.atoms.count,
    bonds: molecule.bonds.map { .init($0.from, $0.to, isRotatable: false) }, rings: molecule.rings)
  #expect(graph.openings == count)
}
