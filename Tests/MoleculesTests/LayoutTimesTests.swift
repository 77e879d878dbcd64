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
