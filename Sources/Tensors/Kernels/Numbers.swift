import Glibc

/// Memory of which several threads each write a part.
///
/// A large one is mapped separately. Allocated on the heap, memory that a pass keeps to its end
/// would fragment it, and temporary arrays would find no room in the gaps.
@safe final class Numbers: Sendable {
  /// The parts of a step write to separate columns, and the columns of other parts are only read in
  /// the next step: `Workers.forEachStep` separates the steps.
  nonisolated(unsafe) let start: UnsafeMutablePointer<Float>
  let count: Int
  private let isMapped: Bool

  private static let mappedBytes = 64 << 10

  init(count: Int) {
    self.count = count
    let bytes = count * MemoryLayout<Float>.size
    if bytes >= Self.mappedBytes {
      let mapping = unsafe mmap(
        nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      if let mapping = unsafe mapping, unsafe mapping != MAP_FAILED {
        unsafe start = mapping.bindMemory(to: Float.self, capacity: count)
        isMapped = true
        return
      }
    }
    unsafe start = .allocate(capacity: count)
    isMapped = false
  }

  deinit {
    if isMapped {
      unsafe munmap(start, count * MemoryLayout<Float>.size)
    } else {
      unsafe start.deallocate()
    }
  }
}
