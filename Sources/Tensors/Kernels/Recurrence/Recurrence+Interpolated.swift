import Synchronization

// The steps of rows that are points on a line: products are computed for the nodes only, and only
// the nodes of the gates are stored.
extension Recurrence {
  /// Runs steps from a state, which is then the state after them.
  /// - Parameter gates: the contribution of the input and the biases, in the order of `order`.
  /// - Returns: the hidden states `[T, B, units]`.
  /// - Throws: `CancellationError`, `TensorError.productFailed`.
  public func forward(
    gates: consuming InterpolatedSteps, state: inout State, workers: Workers
  ) throws -> (hidden: [Float], trace: Trace) {
    let (steps, rows) = (gates.steps.count, gates.interpolation.rows)
    precondition(gates.columns == 4 * units && state.cell.count == rows * units)
    gates.makeUnique()
    var passed = Passed(
      self, steps: steps, rows: rows, start: state, interpolation: gates.interpolation)
    var levels: [Int] = []
    try unsafe passed.withBuffers(state: &state) { buffers in
      levels = try unsafe run(buffers, gates: &gates, workers: workers)
    }
    return (
      passed.hidden,
      Trace(
        gates: .interpolated(gates), states: passed.states, steps: steps, rows: rows, units: units,
        levels: levels)
    )
  }

  /// Adds the recurrent part to the gates.
  /// - Returns: the level that determines the hidden states after each step.
  private func run(
    _ buffers: Buffers, gates: inout InterpolatedSteps, workers: Workers
  ) throws -> [Int] {
    nonisolated(unsafe) let buffers = unsafe buffers
    let interpolation = gates.interpolation
    let (given, rows) = (gates.steps, interpolation.rows)
    let product = StepProduct(
      weights, rows: rows, parts: slices.count, interpolation: interpolation)
    unsafe product.pack(buffers.start, columns: 0..<units, part: 0, after: -1)
    let scratch = Numbers(count: rows * 4 * units)
    let found = Mutex((steps: given, levels: [Int](repeating: 0, count: given.count)))
    let failures = Atomic(0)
    try workers.forEachStep(given.count, parts: slices.count) { step, part in
      let slice = slices[part]
      let columns = 4 * slice.lowerBound..<4 * slice.upperBound
      let before = product.level(after: step - 1)
      let level = max(given[step].level, before)
      let numbers = found.withLock { found in
        if step > 0 { found.levels[step - 1] = before }
        // The first part allocates the memory for all parts.
        if found.steps[step].level < level {
          found.steps[step] = InterpolatedSteps.Step(
            level: level, nodes: interpolation.levels[level].nodes.count, columns: 4 * units)
        }
        return found.steps[step].numbers
      }
      if level > given[step].level {
        unsafe interpolation.extend(
          given[step].numbers.start + columns.lowerBound, from: given[step].level, to: level,
          columns: columns.count, stride: 4 * units, into: numbers.start + columns.lowerBound)
      }
      let isDone = unsafe product.add(
        nodesOf: level, after: step - 1, columns: columns, to: numbers.start)
      if !isDone { failures.add(1, ordering: .relaxed) }
      unsafe interpolation.extend(
        numbers.start + columns.lowerBound, from: level, to: interpolation.all,
        columns: columns.count,
        stride: 4 * units, into: scratch.start + columns.lowerBound)
      unsafe activate(scratch.start, slice: slice, step: step, rows: rows, buffers)
      unsafe product.pack(
        buffers.hidden + step * rows * units, columns: slice, part: part, after: step)
    }
    if failures.load(ordering: .relaxed) > 0 {
      throw TensorError.productFailed(rows: rows, columns: 4 * units)
    }
    return found.withLock { found in
      gates.steps = found.steps
      if !given.isEmpty { found.levels[given.count - 1] = product.level(after: given.count - 1) }
      return found.levels
    }
  }
}
