import CKernels
import Glibc

// Arrays of many megabytes that a pass makes anew: with small pages the system spends more than a
// tenth of a pass on handing them out.

/// For a program to call once at its start: memory that was freed stays with the process.
///
/// A pass frees and asks for the same tens of megabytes for each layer; handed back to the system,
/// they come cleared again, which took a tenth of a long computation. The largest amount that was
/// ever in use stays what it was.
public func keepFreedMemory() {
  kernels_keep_freed_memory()
}

/// For whoever needed much memory once and will not need it again, as a reader of files does.
public func returnFreedMemory() {
  kernels_return_freed_memory()
}

/// `count` copies of a row, one after the other.
public func repeated(_ row: [Float], count: Int) -> [Float] {
  unsafe largeArray(row.count * count) { buffer in
    for copy in 0..<count {
      _ = unsafe buffer.extracting(copy * row.count..<(copy + 1) * row.count)
        .initialize(fromContentsOf: row)
    }
  }
}

/// An array of zeros.
public func zeros(_ count: Int) -> [Float] {
  unsafe largeArray(count) { unsafe $0.initialize(repeating: 0) }
}

/// An array whose every element `initialize` sets.
@unsafe func largeArray(
  _ count: Int, initialize: (UnsafeMutableBufferPointer<Float>) throws -> Void
) rethrows -> [Float] {
  try unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
    let buffer = unsafe UnsafeMutableBufferPointer(rebasing: buffer[..<count])
    unsafe useLargePages(UnsafeMutableRawBufferPointer(buffer))
    try unsafe initialize(buffer)
    initialized = count
  }
}

/// Bytes of one of the system's large pages.
let largePage = 2 << 20

/// Asks for large pages where the memory holds whole ones; elsewhere nothing happens.
func useLargePages(_ memory: UnsafeMutableRawBufferPointer) {
  guard let base = memory.baseAddress, memory.count >= largePage else { return }
  let start = unsafe base.alignedUp(toMultipleOf: largePage)
  let end = unsafe (base + memory.count).alignedDown(toMultipleOf: largePage)
  guard unsafe start < end else { return }
  // MADV_HUGEPAGE, a macro of Linux.
  _ = unsafe madvise(start, end - start, 14)
}
