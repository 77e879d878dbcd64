import Synchronization

/// The time steps of one LSTM direction for a whole batch, `[T, B, …]` time-major.
///
/// The recurrent weights are read anew at every step, and each step waits for the last, so the work
/// of a step is cut into slices of units: one part takes the product for its own units and then
/// their gates, with one meeting of the threads a step. For that, gates are ordered slice by slice
/// and in a slice input, forget, output, candidate: `order` gives for each of these `4 * units`
/// columns the row of a PyTorch LSTM's weights, which are ordered input, forget, candidate, output.
public struct Recurrence: Sendable {
  public let units: Int
  public let order: [Int]
  let slices: [Range<Int>]
  /// `[units, 4 * units]`, one panel a slice.
  let weights: PackedMatrix
  /// `[4 * units, units]`, one panel a slice.
  let transposed: LazyTranspose

  /// - Parameter matrix: PyTorch's `weight_hh`, `[4 * units, units]`.
  /// - Throws: `TensorError.packingFailed`.
  public init(weights matrix: Matrix) throws {
    let units = matrix.columns
    precondition(matrix.rows == 4 * units, "an LSTM has four gates a unit")
    let slices = PackedMatrix.split(units, parts: units >= 384 ? 4 : 1, multiple: 16)
    let order = slices.flatMap { slice in
      [0, 1, 3, 2].flatMap { gate in slice.map { gate * units + $0 } }
    }
    let ordered = matrix.selecting(rows: order)
    self.units = units
    self.slices = slices
    self.order = order
    weights = try PackedMatrix(
      ordered, transposed: true, panels: slices.map { 4 * $0.lowerBound..<4 * $0.upperBound })
    transposed = LazyTranspose(of: weights, panels: slices)
  }

  /// One vector a row before or after a step, `[B, units]` each; in a backward pass its gradient.
  public struct State: Sendable, Equatable {
    public var hidden: [Float]
    public var cell: [Float]

    public init(hidden: [Float], cell: [Float]) {
      self.hidden = hidden
      self.cell = cell
    }

    public init(rows: Int, units: Int) {
      hidden = [Float](repeating: 0, count: rows * units)
      cell = hidden
    }
  }

  /// What the backward pass needs of a forward pass.
  public struct Trace: Sendable {
    /// `[T, B, 4 * units]`, after activation.
    var gates: [Float]
    /// `[T + 1, B, units]`, the state before each step and after the last.
    let cells: [Float]
    let steps: Int
    let rows: Int
  }

  /// Runs `steps` steps from a state and leaves the state after them.
  /// - Parameters:
  ///   - gates: what the input and the biases give, `[T, B, 4 * units]` in the order of `order`.
  ///   - rows: `B`, a number that `PackedMatrix.paddedRows` leaves as it is.
  /// - Returns: the hidden states `[T, B, units]`, with room for a product's padded rows.
  /// - Throws: `CancellationError`, `TensorError.productFailed`.
  public func forward(
    gates: consuming [Float], steps: Int, rows: Int, state: inout State, workers: Workers
  ) throws -> (hidden: [Float], trace: Trace) {
    precondition(gates.count >= steps * rows * 4 * units && state.cell.count == rows * units)
    var gates = gates
    var cells = zeros((steps + 1) * rows * units)
    cells.replaceSubrange(0..<rows * units, with: state.cell)
    var hidden = zeros(PackedMatrix.paddedRows(steps * rows) * units)
    let start = state.hidden
    try unsafe gates.withUnsafeMutableBufferPointer { gates in
      try unsafe cells.withUnsafeMutableBufferPointer { cells in
        try unsafe hidden.withUnsafeMutableBufferPointer { hidden in
          try unsafe start.withUnsafeBufferPointer { start in
            guard let gates = gates.baseAddress, let cells = cells.baseAddress,
              let hidden = hidden.baseAddress, let start = start.baseAddress
            else { return }
            try unsafe run(
              Buffers(gates: gates, cells: cells, hidden: hidden), start: start, steps: steps,
              rows: rows, workers: workers)
          }
        }
      }
    }
    if steps > 0 {
      state.hidden = Array(hidden[(steps - 1) * rows * units..<steps * rows * units])
      state.cell = Array(cells[steps * rows * units..<(steps + 1) * rows * units])
    }
    return (hidden, Trace(gates: gates, cells: cells, steps: steps, rows: rows))
  }

  @unsafe private struct Buffers {
    let gates: UnsafeMutablePointer<Float>
    let cells: UnsafeMutablePointer<Float>
    let hidden: UnsafeMutablePointer<Float>
  }

  private func run(
    _ buffers: Buffers, start: UnsafePointer<Float>, steps: Int, rows: Int, workers: Workers
  ) throws {
    nonisolated(unsafe) let buffers = unsafe buffers
    nonisolated(unsafe) let start = unsafe start
    let failures = Atomic(0)
    for step in 0..<steps {
      try Task.checkCancellation()
      workers.forEach(slices.count) { part in
        let slice = slices[part]
        let gates = unsafe buffers.gates + step * rows * 4 * units
        let previous =
          unsafe step == 0 ? start : UnsafePointer(buffers.hidden + (step - 1) * rows * units)
        let isDone = unsafe weights.panels[part].multiply(
          previous, rows: rows, into: gates, outStride: 4 * units,
          accumulates: true)
        if !isDone { failures.add(1, ordering: .relaxed) }
        for row in 0..<rows {
          let at = (step * rows + row) * units + slice.lowerBound
          unsafe lstmStepForward(
            gates: gates + row * 4 * units + 4 * slice.lowerBound,
            previousCell: buffers.cells + at, cell: buffers.cells + at + rows * units,
            hidden: buffers.hidden + at, units: slice.count)
        }
      }
    }
    if failures.load(ordering: .relaxed) > 0 {
      throw TensorError.productFailed(rows: rows, columns: 4 * units)
    }
  }
}
