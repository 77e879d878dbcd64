import Glibc

/// Memory that several threads write, each its part.
///
/// A large one has pages of its own. What a pass keeps to its end would otherwise leave the heap in
/// pieces between which the arrays of a moment find no room.
@safe final class Numbers: Sendable {
  /// Parts of a step write columns of their own, and who reads others' comes a step later: that is what
  /// `Workers.forEachStep` keeps apart.
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
