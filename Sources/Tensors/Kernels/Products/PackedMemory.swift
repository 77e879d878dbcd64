import Glibc

/// Room for a packed matrix, in large pages where it holds whole ones, because weights are read end
/// to end.
///
/// The pages are its own: weights that lie between the leavings of their reading, and transposes
/// that come and go between them, would leave the heap in pieces that no pass's arrays fit into.
@safe final class PackedMemory<Number: BitwiseCopyable & Sendable>: Sendable {
  nonisolated(unsafe) let start: UnsafeMutablePointer<Number>
  let byteCount: Int
  private nonisolated(unsafe) let mapping: UnsafeMutableRawPointer
  private let mappedBytes: Int

  /// Nil where there is no memory.
  init?(numbers: Int) {
    byteCount = numbers * MemoryLayout<Number>.size
    mappedBytes = byteCount + largePage
    let mapping = unsafe mmap(
      nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else { return nil }
    unsafe self.mapping = mapping
    let aligned = unsafe mapping.alignedUp(toMultipleOf: largePage)
    unsafe start = aligned.bindMemory(to: Number.self, capacity: numbers)
    unsafe useLargePages(UnsafeMutableRawBufferPointer(start: aligned, count: byteCount))
  }

  deinit { unsafe munmap(mapping, mappedBytes) }
}
