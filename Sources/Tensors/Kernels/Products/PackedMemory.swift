import Glibc

/// Memory for a packed matrix, in large pages where possible, because weights are read
/// sequentially.
///
/// It is mapped separately: weights between the temporary arrays of their reading, and transposes
/// that come and go, would fragment the heap so that the arrays of a pass do not fit into the gaps.
@safe final class PackedMemory<Number: BitwiseCopyable & Sendable>: Sendable {
  nonisolated(unsafe) let start: UnsafeMutablePointer<Number>
  let byteCount: Int
  private nonisolated(unsafe) let mapping: UnsafeMutableRawPointer
  private let mappedBytes: Int

  /// nil if there is no memory.
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
