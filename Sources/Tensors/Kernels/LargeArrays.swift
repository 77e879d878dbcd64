import CKernels
import Glibc

// Arrays of many megabytes that each pass allocates anew. With small pages, the system takes more
// than a tenth of a pass's time to provide them.

/// Makes the process keep memory that it has freed; a program calls it once, at its start.
///
/// A pass frees and allocates tens of megabytes for each layer. If they were returned to the
/// system, it would clear them each time, which took a tenth of a long computation. The process's
/// peak memory does not change.
public func keepFreedMemory() {
  kernels_keep_freed_memory()
}

/// Returns freed memory to the system after work that needed much more of it than what follows,
/// such as reading a file.
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

/// An array whose elements are all set by `initialize`.
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

/// The size of one of the system's large pages.
let largePage = 2 << 20

/// Asks for large pages for the part of the memory that consists of whole ones.
func useLargePages(_ memory: UnsafeMutableRawBufferPointer) {
  guard let base = memory.baseAddress, memory.count >= largePage else { return }
  let start = unsafe base.alignedUp(toMultipleOf: largePage)
  let end = unsafe (base + memory.count).alignedDown(toMultipleOf: largePage)
  guard unsafe start < end else { return }
  // MADV_HUGEPAGE, a macro of Linux.
  _ = unsafe madvise(start, end - start, 14)
}
