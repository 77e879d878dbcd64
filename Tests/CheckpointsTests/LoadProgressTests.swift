import Checkpoints
import Synchronization
import Testing

/// What a reader of a file was asked for.
private final class Reads: Sendable {
  private let count = Atomic(0)
  var soFar: Int { count.load(ordering: .relaxed) }
  func add() -> Int { count.add(1, ordering: .relaxed).newValue }
}

struct LoadProgressTests {
  private static let numbers = 4 << 20

  /// Two tensors of 16 MB each, made as they are read.
  private func source(_ read: @escaping @Sendable (Int) -> Void) -> ByteSource {
    let bytes = 4 * Self.numbers
    let header = Array(
      """
      {"a": {"dtype": "F32", "shape": [\(Self.numbers)], "data_offsets": [0, \(bytes)]},
       "b": {"dtype": "F32", "shape": [\(Self.numbers)], "data_offsets": [\(bytes), \(2 * bytes)]}}
      """.utf8)
    let start = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
    return ByteSource(count: start.count + 2 * bytes) { range in
      guard range.lowerBound >= start.count else { return Array(start[range]) }
      read(range.count)
      return [UInt8](repeating: 0, count: range.count)
    }
  }

  @Test func `the share grows as tensors are read, to all of them`() throws {
    let progress = LoadProgress()
    #expect(progress.fraction == nil)
    let tensors = try Safetensors.tensors(in: source { _ in }).reporting(to: progress)
    #expect(progress.fraction == 0)
    _ = try tensors.vector("a", count: Self.numbers)
    #expect(progress.fraction == 0.5)
    _ = try tensors.vector("b", count: Self.numbers)
    #expect(progress.fraction == 1)
  }

  @Test func `what is given up reads no further`() throws {
    let progress = LoadProgress()
    let reads = Reads()
    let tensors = try Safetensors.tensors(
      in: source { _ in if reads.add() == 3 { progress.giveUp() } }
    ).reporting(to: progress)
    #expect(throws: CancellationError.self) { try tensors.vector("a", count: Self.numbers) }
    #expect(reads.soFar == 3)
    #expect(throws: CancellationError.self) { try tensors.vector("b", count: Self.numbers) }
    #expect(reads.soFar == 4)
    #expect(progress.fraction.map { $0 < 0.2 } == true)
  }
}
