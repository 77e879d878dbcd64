import Synchronization

extension Recurrence {
  /// The backward pass through all steps of a forward pass.
  /// - Parameters:
  ///   - dHidden: the gradient at the hidden states from the layers above, `[T, B, units]`.
  ///   - dState: the gradient at the state after the last step; on return the gradient at the state
  ///     before the first.
  ///   - level: if the rows are points on a line, the level of whose nodes the backward pass is
  ///     computed: `B` is then their number. At least the level that the forward pass needed; nil
  ///     for all rows.
  /// - Returns: the gradient before activation, `[T, B, 4 * units]` in the order of `order`.
  /// - Throws: `CancellationError`, `TensorError.productFailed`.
  public func backward(
    dHidden: consuming [Float], trace: consuming Trace, dState: inout State,
    nodesOf level: Int? = nil, workers: Workers
  ) throws -> [Float] {
    let steps = trace.steps
    var numbers = Array(0..<trace.rows)
    if let level, case .interpolated(let gates) = trace.gates {
      numbers = gates.interpolation.levels[level].nodes.map(Int.init)
    }
    let rows = numbers.count
    precondition(dHidden.count >= steps * rows * units && dState.cell.count == rows * units)
    guard steps > 0 else { return [] }
    var dHidden = dHidden
    var gates: [Float]
    var interpolated: InterpolatedSteps?
    // The gates are moved out of the trace, so that they are overwritten without a copy.
    switch exchange(&trace.gates, with: .rows([])) {
    case .rows(let all): gates = all
    case .interpolated(let few):
      interpolated = few
      gates = zeros(steps * rows * 4 * units)
    }
    let known = Known(
      states: trace.states, rows: trace.rows, numbers: numbers, interpolated: interpolated,
      level: level)
    var recent = [Float](repeating: 0, count: (Self.cellStride + 1) * rows * units)
    let transposed = try transposedWeights(rows: rows, workers: workers)
    let last = (steps - 1) * rows * units
    for index in dState.hidden.indices { dHidden[last + index] += dState.hidden[index] }
    try unsafe gates.withUnsafeMutableBufferPointer { gates in
      try unsafe recent.withUnsafeMutableBufferPointer { recent in
        try unsafe dHidden.withUnsafeMutableBufferPointer { dHidden in
          try unsafe dState.cell.withUnsafeMutableBufferPointer { dCell in
            guard let gates = gates.baseAddress, let recent = recent.baseAddress,
              let dHidden = dHidden.baseAddress, let dCell = dCell.baseAddress
            else { return }
            try unsafe run(
              BackBuffers(
                gates: gates, recent: recent, dHidden: dHidden, dCell: dCell),
              known: known, transposed: transposed, steps: steps, rows: rows, workers: workers)
          }
        }
      }
    }
    dState.hidden = [Float](repeating: 0, count: rows * units)
    try transposed.multiply(gates, rows: rows, into: &dState.hidden, workers: workers)
    return gates
  }

  @unsafe private struct BackBuffers {
    let gates: UnsafeMutablePointer<Float>
    /// The cells before each of `cellStride` steps and after the last of them.
    let recent: UnsafeMutablePointer<Float>
    let dHidden: UnsafeMutablePointer<Float>
    let dCell: UnsafeMutablePointer<Float>
  }

  /// What is needed to compute the steps of the forward pass again.
  private struct Known {
    let states: States
    /// The number of rows of the forward pass.
    let rows: Int
    /// The rows of the backward pass.
    let numbers: [Int]
    let interpolated: InterpolatedSteps?
    /// The level whose nodes these are; nil if they are all rows.
    let level: Int?
  }

  private func run(
    _ buffers: BackBuffers, known: Known, transposed: PackedMatrix, steps: Int, rows: Int,
    workers: Workers
  ) throws {
    nonisolated(unsafe) let buffers = unsafe buffers
    // Each part writes to its own slice.
    nonisolated(unsafe) let scratch = UnsafeMutablePointer<Float>.allocate(capacity: units)
    defer { unsafe scratch.deallocate() }
    let product = StepProduct(transposed, rows: rows, parts: slices.count)
    let failures = Atomic(0)
    try workers.forEachStep(steps, parts: slices.count) { turn, part in
      let step = steps - 1 - turn
      let slice = slices[part]
      let gates = unsafe buffers.gates + step * rows * 4 * units
      let dHidden = unsafe buffers.dHidden + step * rows * units
      if turn > 0 {
        let isDone = unsafe product.add(after: turn - 1, columns: slice, to: dHidden)
        if !isDone { failures.add(1, ordering: .relaxed) }
      }
      let (segment, index) = step.quotientAndRemainder(dividingBy: Self.cellStride)
      if turn == 0 || index == Self.cellStride - 1 {
        unsafe recallCells(
          buffers, known: known, steps: segment * Self.cellStride...step, rows: rows,
          slice: slice, scratch: scratch + slice.lowerBound)
      }
      for row in 0..<rows {
        let at = row * units + slice.lowerBound
        let cell = unsafe buffers.recent + index * rows * units + at
        unsafe lstmStepBackward(
          gates: gates + row * 4 * units + 4 * slice.lowerBound, previousCell: cell,
          cell: cell + rows * units, dHidden: dHidden + at, dCell: buffers.dCell + at,
          units: slice.count)
      }
      if step > 0 {
        unsafe product.pack(
          gates, columns: 4 * slice.lowerBound..<4 * slice.upperBound, part: part, after: turn)
      }
    }
    if failures.load(ordering: .relaxed) > 0 {
      throw TensorError.productFailed(rows: rows, columns: units)
    }
  }

  /// Computes the cells of some steps from those before the first of them, and the gates if only
  /// their nodes were stored.
  /// - Parameter scratch: `[units of the slice]`.
  private func recallCells(
    _ buffers: BackBuffers, known: Known, steps: ClosedRange<Int>, rows: Int,
    slice: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    let segment = steps.lowerBound / Self.cellStride
    let kept = unsafe known.states.cells + segment * known.rows * units + slice.lowerBound
    for (row, number) in known.numbers.enumerated() {
      unsafe (buffers.recent + row * units + slice.lowerBound)
        .update(from: kept + number * units, count: slice.count)
    }
    for (index, step) in steps.enumerated() {
      let gates = unsafe buffers.gates + step * rows * 4 * units + 4 * slice.lowerBound
      if let interpolated = known.interpolated {
        let nodes = interpolated.steps[step]
        unsafe interpolated.interpolation.extend(
          nodes.numbers.start + 4 * slice.lowerBound, from: nodes.level,
          to: known.level ?? interpolated.interpolation.all,
          columns: 4 * slice.count, stride: 4 * units, into: gates)
      }
      for row in 0..<rows {
        let gates = unsafe gates + row * 4 * units
        let before = unsafe buffers.recent + (index * rows + row) * units + slice.lowerBound
        let cell = unsafe before + rows * units
        if known.interpolated == nil {
          unsafe lstmCell(gates: gates, previousCell: before, cell: cell, units: slice.count)
        } else {
          unsafe cell.update(from: before, count: slice.count)
          unsafe lstmStepForward(gates: gates, cell: cell, hidden: scratch, units: slice.count)
        }
      }
    }
  }
}
