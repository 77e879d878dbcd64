/// `T` blocks of `B` rows on a line, the base row of the block plus a multiple of its change:
/// `out[t, b] = base[t] + factors[b] * change[t]`, `[T, B, columns]`.
public func spread(
  base: [Float], change: [Float], factors: [Float], columns: Int, workers: Workers = .all
) -> [Float] {
  precondition(base.count == change.count && base.count.isMultiple(of: columns))
  let (steps, rows) = (base.count / columns, factors.count)
  return unsafe largeArray(steps * rows * columns) { out in
    unsafe base.withUnsafeBufferPointer { base in
      unsafe change.withUnsafeBufferPointer { change in
        guard let out = out.baseAddress, let base = base.baseAddress,
          let change = change.baseAddress
        else { return }
        nonisolated(unsafe) let allBase = unsafe base
        nonisolated(unsafe) let allChange = unsafe change
        nonisolated(unsafe) let start = unsafe out
        workers.forEach(steps) { step in
          let base = unsafe allBase + step * columns
          let change = unsafe allChange + step * columns
          for (row, factor) in factors.enumerated() {
            let out = unsafe start + (step * rows + row) * columns
            for column in 0..<columns {
              unsafe out[column] = base[column] + factor * change[column]
            }
          }
        }
      }
    }
  }
}

/// `sums[t] += sum over b of blocks[t, b]` for `b` in a range, where `blocks` is `[T, B, columns]`:
/// the backward pass through the base of `spread`, for any factors.
public func addRows(
  _ range: Range<Int>, of blocks: [Float], rows: Int, steps: Int, columns: Int,
  to sums: inout [Float], workers: Workers = .all
) {
  precondition(range.lowerBound >= 0 && range.upperBound <= rows)
  precondition(blocks.count >= steps * rows * columns && sums.count >= steps * columns)
  unsafe sums.withUnsafeMutableBufferPointer { sums in
    unsafe blocks.withUnsafeBufferPointer { blocks in
      guard let sums = sums.baseAddress, let blocks = blocks.baseAddress else { return }
      nonisolated(unsafe) let allSums = unsafe sums
      nonisolated(unsafe) let allBlocks = unsafe blocks
      workers.forEach(steps) { step in
        let sum = unsafe allSums + step * columns
        for row in range {
          let block = unsafe allBlocks + (step * rows + row) * columns
          for column in 0..<columns { unsafe sum[column] += block[column] }
        }
      }
    }
  }
}
