import Synchronization

extension Recurrence {
  /// Back through all steps of a forward pass.
  /// - Parameters:
  ///   - dHidden: `[T, B, units]`, what reaches the hidden states from above.
  ///   - dState: what reaches the state after the last step; on return what reaches the state before
  ///     the first.
  /// - Returns: the gradient before activation, `[T, B, 4 * units]` in the order of `order`, with
  ///   the room that the forward pass was given.
  /// - Throws: `CancellationError`, `TensorError.productFailed`.
  public func backward(
    dHidden: consuming [Float], trace: consuming Trace, dState: inout State, workers: Workers
  ) throws -> [Float] {
    let (steps, rows) = (trace.steps, trace.rows)
    precondition(dHidden.count >= steps * rows * units && dState.cell.count == rows * units)
    guard steps > 0 else { return [] }
    var dHidden = dHidden
    // The array moves out of the trace, so that it is overwritten where it lies.
    var gates: [Float] = []
    swap(&gates, &trace.gates)
    let cells = trace.cells
    let last = (steps - 1) * rows * units
    for index in dState.hidden.indices { dHidden[last + index] += dState.hidden[index] }
    try unsafe gates.withUnsafeMutableBufferPointer { gates in
      try unsafe cells.withUnsafeBufferPointer { cells in
        try unsafe dHidden.withUnsafeMutableBufferPointer { dHidden in
          try unsafe dState.cell.withUnsafeMutableBufferPointer { dCell in
            guard let gates = gates.baseAddress, let cells = cells.baseAddress,
              let dHidden = dHidden.baseAddress, let dCell = dCell.baseAddress
            else { return }
            try unsafe run(
              Buffers(gates: gates, cells: cells, dHidden: dHidden, dCell: dCell), steps: steps,
              rows: rows, workers: workers)
          }
        }
      }
    }
    dState.hidden = [Float](repeating: 0, count: rows * units)
    try transposed.matrix().multiply(gates, rows: rows, into: &dState.hidden, workers: workers)
    return gates
  }

  @unsafe private struct Buffers {
    let gates: UnsafeMutablePointer<Float>
    let cells: UnsafePointer<Float>
    let dHidden: UnsafeMutablePointer<Float>
    let dCell: UnsafeMutablePointer<Float>
  }

  private func run(_ buffers: Buffers, steps: Int, rows: Int, workers: Workers) throws {
    nonisolated(unsafe) let buffers = unsafe buffers
    // Each part writes its own slice.
    nonisolated(unsafe) let scratch = UnsafeMutablePointer<Float>.allocate(capacity: units)
    defer { unsafe scratch.deallocate() }
    let transposed = try transposed.matrix()
    let failures = Atomic(0)
    for step in (0..<steps).reversed() {
      try Task.checkCancellation()
      workers.forEach(slices.count) { part in
        let slice = slices[part]
        let gates = unsafe buffers.gates + step * rows * 4 * units
        if step + 1 < steps {
          let isDone = unsafe transposed.panels[part].multiply(
            gates + rows * 4 * units, rows: rows,
            into: buffers.dHidden + step * rows * units, outStride: units, accumulates: true)
          if !isDone { failures.add(1, ordering: .relaxed) }
        }
        for row in 0..<rows {
          let at = (step * rows + row) * units + slice.lowerBound
          unsafe lstmStepBackward(
            gates: gates + row * 4 * units + 4 * slice.lowerBound,
            previousCell: buffers.cells + at, cell: buffers.cells + at + rows * units,
            dHidden: buffers.dHidden + at,
            dCell: buffers.dCell + row * units + slice.lowerBound,
            scratch: scratch + slice.lowerBound, units: slice.count)
        }
      }
    }
    if failures.load(ordering: .relaxed) > 0 {
      throw TensorError.productFailed(rows: rows, columns: units)
    }
  }
}
