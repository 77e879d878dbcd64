import CKernels

// Element-wise functions over many rows on several threads, and gated pairs of columns.

extension Activation {
  /// One result per element, in an array of the same size.
  public func forward(_ x: [Float], workers: Workers) -> [Float] {
    unsafe filled(x.count, from: x, x, workers: workers) { x, _, y, count in
      unsafe apply(x, into: y, count: count)
    }
  }

  /// The gradient at the input, from the gradient at the output.
  public func backward(
    _ dy: [Float], input x: [Float], rule: BackwardRule, workers: Workers
  ) -> [Float] {
    precondition(dy.count == x.count, "a gradient has its value's shape")
    return unsafe filled(x.count, from: x, dy, workers: workers) { x, dy, dx, count in
      unsafe apply(x, Aspect(rule), times: dy, into: dx, count: count)
    }
  }
}

/// Columns in two halves, where the first half gates the second: `act(x[..<n]) * x[n...]`.
///
/// Source: Shazeer 2020, arXiv:2002.05202, equation 6 (GEGLU and its variants).
extension Activation {
  /// `[rows, 2 * columns]` to `[rows, columns]`.
  public func gated(_ x: [Float], rows: Int, columns: Int, workers: Workers) -> [Float] {
    precondition(x.count >= rows * 2 * columns, "two halves a row")
    var y = zeros(rows * columns)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        guard let xStart = x.baseAddress, let yStart = y.baseAddress else { return }
        nonisolated(unsafe) let (x, y) = unsafe (xStart, yStart)
        workers.forEachRow(rows, cost: columns) { row in
          let (from, to) = unsafe (x + row * 2 * columns, y + row * columns)
          unsafe apply(from, times: from + columns, into: to, count: columns)
        }
      }
    }
    return y
  }

  /// The gradient at both halves, `[rows, 2 * columns]`.
  public func gatedBackward(
    _ dy: [Float], input x: [Float], rows: Int, columns: Int, rule: BackwardRule, workers: Workers
  ) -> [Float] {
    precondition(x.count >= rows * 2 * columns && dy.count >= rows * columns)
    // Each of the two factors of a product gets half of the relevance.
    let half: Float = rule == .relevance ? 0.5 : 1
    var dx = zeros(rows * 2 * columns)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          guard let xStart = x.baseAddress, let dyStart = dy.baseAddress,
            let dxStart = dx.baseAddress
          else {
            return
          }
          nonisolated(unsafe) let (x, dy, dx) = unsafe (xStart, dyStart, dxStart)
          workers.forEachRow(rows, cost: columns) { row in
            let (from, d) = unsafe (x + row * 2 * columns, dy + row * columns)
            let to = unsafe dx + row * 2 * columns
            // forward:  y = act(first) * second
            unsafe apply(from, times: d, into: to + columns, count: columns)
            unsafe apply(from, Aspect(rule), times: d, into: to, count: columns)
            for column in 0..<columns {
              unsafe to[columns + column] *= half
              unsafe to[column] *= from[columns + column] * half
            }
          }
        }
      }
    }
    return dx
  }
}

/// `x + y`, in the memory of `x` if nothing else refers to it.
public func sum(_ x: consuming [Float], _ y: [Float], workers: Workers) -> [Float] {
  var x = x
  precondition(x.count <= y.count, "a number to add for each")
  let count = x.count
  unsafe x.withUnsafeMutableBufferPointer { x in
    unsafe y.withUnsafeBufferPointer { y in
      guard let xStart = x.baseAddress, let yStart = y.baseAddress else { return }
      nonisolated(unsafe) let (x, y) = unsafe (xStart, yStart)
      workers.forEachRow((count + 4095) / 4096, cost: 4096) { part in
        let start = part * 4096
        unsafe kernels_add(x + start, y + start, Int64(min(4096, count - start)))
      }
    }
  }
  return x
}

/// An array that is computed in parts from two others.
private func filled(
  _ count: Int, from x: [Float], _ y: [Float], workers: Workers,
  _ body:
    @Sendable (
      UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int
    ) -> Void
) -> [Float] {
  unsafe largeArray(count) { out in
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        guard let xStart = x.baseAddress, let yStart = y.baseAddress, let outStart = out.baseAddress
        else {
          return
        }
        nonisolated(unsafe) let (x, y, out) = unsafe (xStart, yStart, outStart)
        workers.forEachRow((count + 4095) / 4096, cost: 4096) { part in
          let start = part * 4096
          unsafe body(x + start, y + start, out + start, min(4096, count - start))
        }
      }
    }
  }
}
