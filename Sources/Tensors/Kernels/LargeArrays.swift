import Foundation

// Arrays of many megabytes that a pass makes anew: with small pages the system spends more than a
// tenth of a pass on handing them out.

/// `count` copies of a row, one after the other.
public func repeated(_ row: [Float], count: Int) -> [Float] {
  unsafe [Float](unsafeUninitializedCapacity: row.count * count) { buffer, initialized in
    unsafe useLargePages(UnsafeMutableRawBufferPointer(buffer))
    for copy in 0..<count {
      _ = unsafe buffer.extracting(copy * row.count..<(copy + 1) * row.count)
        .initialize(fromContentsOf: row)
    }
    initialized = row.count * count
  }
}

/// An array of zeros.
public func zeros(_ count: Int) -> [Float] {
  unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
    unsafe useLargePages(UnsafeMutableRawBufferPointer(buffer))
    unsafe buffer.initialize(repeating: 0)
    initialized = count
  }
}

/// Asks for large pages where the memory holds whole ones; elsewhere nothing happens.
private func useLargePages(_ memory: UnsafeMutableRawBufferPointer) {
  let size = 2 << 20
  guard let base = memory.baseAddress, memory.count >= 2 * size else { return }
  let start = unsafe base.alignedUp(toMultipleOf: size)
  let end = unsafe (base + memory.count).alignedDown(toMultipleOf: size)
  // MADV_HUGEPAGE, a macro of Linux.
  _ = unsafe madvise(start, end - start, 14)
}
