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

extension Layouts {
  static func texts() throws -> [String] {
    let path = try #require(file)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
    return lines.compactMap { $0.split(whereSeparator: \.isWhitespace).first.map(String.init) }
  }

  /// The shortest of some times that something takes.
  static func shortest(of count: Int, _ body: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<count {
      let start = processorTime()
      try body()
      least = min(least, processorTime() - start)
    }
    return least
  }

  /// Prints them by the number of atoms: the median, what 95 of 100 keep within, and the longest.
  static func report(_ times: [(atoms: Int, time: Double)], _ name: String) {
    for size in sizes {
      let some = times.filter { size.contains($0.atoms) }.map(\.time).sorted()
      guard !some.isEmpty else { continue }
      let shown = [0.5, 0.95, 1].map { part in
        String(format: "%.2f", some[min(some.count - 1, Int(part * Double(some.count)))])
      }
      print(
        "\(name) of \(size.lowerBound) to \(size.upperBound) atoms, \(some.count): "
          + "\(shown.joined(separator: " / ")) ms")
    }
  }
}

@Test(.enabled(if: Layouts.file != nil, "set WHYLIGHT_LAYOUTS to a file of SMILES"))
func `drawings of a file of molecules are timed`() throws {
  let texts = try Layouts.texts()
  #expect(!texts.isEmpty)
  let times = try texts.map { text in
    let molecule = SMILESReading(text).molecule
    return (
      atoms: molecule.atoms.count,
      time: try Layouts.shortest(of: 3) { _ = try Depiction(of: molecule) }
    )
  }
  Layouts.report(times, "drawings")
}

/// Each key of a molecule that is typed, with the reading of the text; what is not final is laid out before the next.
@Test(.enabled(if: Layouts.file != nil, "set WHYLIGHT_LAYOUTS to a file of SMILES"))
func `keys that type a file of molecules are timed`() throws {
  var times: [(atoms: Int, time: Double)] = []
  var unfinished = 0
  for text in try Layouts.texts() {
    var last: Sketch?
    for length in 1...max(1, text.utf8.count) {
      let typed = String(decoding: text.utf8.prefix(length), as: UTF8.self)
      var next: Sketch?
      let time = Layouts.shortest(of: 2) {
        next = try? Sketch(of: SMILESReading(typed).molecule, near: last)
      }
      guard let next else { continue }
      times.append((next.drawing.points.count, time))
      guard !next.isFinal else {
        last = next
        continue
      }
      unfinished += 1
      last = Sketch(try Depiction(of: next.drawing.molecule, near: last?.drawing))
    }
  }
  Layouts.report(times, "keys")
  print("\(unfinished) of \(times.count) keys were followed by a better layout")
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
