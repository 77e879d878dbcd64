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
    try self.init(weights: matrix, kernels: .best)
  }

  package init(weights matrix: Matrix, kernels: PackedMatrix.Kernels) throws {
    let units = matrix.columns
    precondition(matrix.rows == 4 * units, "an LSTM has four gates a unit")
    // Whole strips, as our own kernels read them; oneDNN's panels are best large.
    let parts = units < 384 ? 1 : kernels == .own ? 12 : 4
    let slices = PackedMatrix.split(units, parts: parts, multiple: 32)
    let order = slices.flatMap { slice in
      [0, 1, 3, 2].flatMap { gate in slice.map { gate * units + $0 } }
    }
    let ordered = matrix.selecting(rows: order)
    self.units = units
    self.slices = slices
    self.order = order
    weights = try PackedMatrix(
      ordered, transposed: true, panels: slices.map { 4 * $0.lowerBound..<4 * $0.upperBound },
      kernels: kernels)
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
    /// The cells before every `cellStride`th step, `[ceil(T / cellStride), B, units]`; those between
    /// follow from the gates.
    let cells: [Float]
    let steps: Int
    let rows: Int
    /// For each step how many nodes its hidden states take, if a blend was asked for; else empty.
    public let levels: [Int]
  }

  public static let cellStride = 8

  /// Runs `steps` steps from a state and leaves the state after them.
  /// - Parameters:
  ///   - gates: what the input and the biases give, `[T, B, 4 * units]` in the order of `order`.
  ///   - rows: `B`, a number that `PackedMatrix.paddedRows` leaves as it is.
  ///   - blend: where the rows are smooth functions of a place on a line.
  /// - Returns: the hidden states `[T, B, units]`, with room for a product's padded rows.
  /// - Throws: `CancellationError`, `TensorError.productFailed`.
  public func forward(
    gates: consuming [Float], steps: Int, rows: Int, state: inout State, blend: RowBlend? = nil,
    workers: Workers
  ) throws -> (hidden: [Float], trace: Trace) {
    precondition(gates.count >= steps * rows * 4 * units && state.cell.count == rows * units)
    var gates = gates
    var cells = zeros((steps + Self.cellStride - 1) / Self.cellStride * rows * units)
    var hidden = zeros(PackedMatrix.paddedRows(steps * rows) * units)
    let start = state.hidden
    var levels = [Int](repeating: 0, count: blend == nil ? 0 : steps)
    try unsafe gates.withUnsafeMutableBufferPointer { gates in
      try unsafe cells.withUnsafeMutableBufferPointer { cells in
        try unsafe hidden.withUnsafeMutableBufferPointer { hidden in
          try unsafe state.cell.withUnsafeMutableBufferPointer { cell in
            try unsafe start.withUnsafeBufferPointer { start in
              guard let gates = gates.baseAddress, let cells = cells.baseAddress,
                let hidden = hidden.baseAddress, let cell = cell.baseAddress,
                let start = start.baseAddress
              else { return }
              try unsafe run(
                Buffers(gates: gates, cells: cells, hidden: hidden, cell: cell, start: start),
                steps: steps, rows: rows, blend: blend, levels: &levels, workers: workers)
            }
          }
        }
      }
    }
    if steps > 0 {
      state.hidden = Array(hidden[(steps - 1) * rows * units..<steps * rows * units])
    }
    return (hidden, Trace(gates: gates, cells: cells, steps: steps, rows: rows, levels: levels))
  }

  @unsafe private struct Buffers {
    let gates: UnsafeMutablePointer<Float>
    let cells: UnsafeMutablePointer<Float>
    let hidden: UnsafeMutablePointer<Float>
    /// The cells before a step and after it.
    let cell: UnsafeMutablePointer<Float>
    /// The hidden state before the first step.
    let start: UnsafePointer<Float>
  }

  private func run(
    _ buffers: Buffers, steps: Int, rows: Int, blend: RowBlend?, levels: inout [Int],
    workers: Workers
  ) throws {
    nonisolated(unsafe) let buffers = unsafe buffers
    let product = StepProduct(weights, rows: rows, parts: slices.count, blend: blend)
    unsafe product.take(buffers.start, columns: 0..<units, part: 0, after: -1)
    let failures = Atomic(0)
    let found = Mutex(levels)
    try workers.forEachStep(steps, parts: slices.count) { step, part in
      let slice = slices[part]
      let gates = unsafe buffers.gates + step * rows * 4 * units
      let hidden = unsafe buffers.hidden + step * rows * units
      if blend != nil, part == 0, step > 0 {
        found.withLock { $0[step - 1] = product.level(after: step - 1) }
      }
      let isDone = unsafe product.add(
        step == 0 ? buffers.start : UnsafePointer(hidden - rows * units), after: step - 1,
        part: part, columns: 4 * slice.lowerBound..<4 * slice.upperBound, to: gates)
      if !isDone { failures.add(1, ordering: .relaxed) }
      for row in 0..<rows {
        let at = row * units + slice.lowerBound
        if step % Self.cellStride == 0 {
          let kept = unsafe buffers.cells + step / Self.cellStride * rows * units
          unsafe (kept + at).update(from: buffers.cell + at, count: slice.count)
        }
        unsafe lstmStepForward(
          gates: gates + row * 4 * units + 4 * slice.lowerBound, cell: buffers.cell + at,
          hidden: hidden + at, units: slice.count)
      }
      if step + 1 < steps || blend != nil {
        unsafe product.take(hidden, columns: slice, part: part, after: step)
      }
    }
    levels = found.withLock(\.self)
    if blend != nil, steps > 0 { levels[steps - 1] = product.level(after: steps - 1) }
    if failures.load(ordering: .relaxed) > 0 {
      throw TensorError.productFailed(rows: rows, columns: 4 * units)
    }
  }
}
