import Synchronization

/// The time steps of one LSTM direction for a whole batch, `[T, B, …]` time-major.
///
/// The recurrent weights are read again at every step, and each step depends on the one before it,
/// so the work of a step is divided into slices of units: a part computes the product for its own
/// units and then their gates, and the threads synchronise once per step. For this, the gates are
/// ordered by slice, and within a slice in the order input, forget, output, candidate. `order`
/// contains, for each of these `4 * units` columns, the row in the weights of a PyTorch LSTM, which
/// are in the order input, forget, candidate, output.
public struct Recurrence: Sendable {
  public let units: Int
  public let order: [Int]
  let slices: [Range<Int>]
  /// `[units, 4 * units]`, in the order of `order`.
  let weights: PackedMatrix
  /// `[4 * units, units]`.
  let transposed: LazyTranspose

  /// - Parameters:
  ///   - matrix: PyTorch's `weight_hh`, `[4 * units, units]`.
  ///   - precision: the precision in which the weights are packed.
  /// - Throws: `TensorError.packingFailed`.
  public init(weights matrix: Matrix, precision: WeightPrecision = .float) throws {
    let units = matrix.columns
    precondition(matrix.rows == 4 * units, "an LSTM has four gates a unit")
    // Each slice has whole strips, which the kernels need; there are several slices if the weights
    // are larger than the cache of one core.
    let parts =
      switch units {
      case ..<192: 1
      case ..<384: 2
      default: 12
      }
    let slices = PackedMatrix.split(units, parts: parts, multiple: 32)
    let order = slices.flatMap { slice in
      [0, 1, 3, 2].flatMap { gate in slice.map { gate * units + $0 } }
    }
    let ordered = matrix.selecting(rows: order)
    self.units = units
    self.slices = slices
    self.order = order
    weights = try PackedMatrix(CompactMatrix(ordered).rounded(to: precision), transposed: true)
    transposed = LazyTranspose(of: weights)
  }

  /// The state of each row before or after a step, `[B, units]` each; in a backward pass, the
  /// gradient at it.
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
    var gates: Gates
    let states: States
    let steps: Int
    let rows: Int
    let units: Int
    /// The level of the interpolation that determines the hidden states of each step; empty if the
    /// gates are not interpolated.
    public let levels: [Int]

    enum Gates: Sendable {
      /// `[T, B, 4 * units]`, after activation.
      case rows([Float])
      /// Before activation.
      case interpolated(InterpolatedSteps)
    }

    /// The size in memory.
    public var byteCount: Int {
      let count =
        switch gates {
        case .rows(let gates): gates.count * MemoryLayout<Float>.size
        case .interpolated(let gates): gates.byteCount
        }
      return count + states.numbers.count * MemoryLayout<Float>.size
    }

    /// The state before the first step.
    public var start: State {
      State(
        hidden: states.hidden(rows: rows, units: units),
        cell: unsafe Array(UnsafeBufferPointer(start: states.cells, count: rows * units)))
    }
  }

  public static let cellStride = 8

  /// Runs `steps` steps from a state, which is then the state after them.
  /// - Parameters:
  ///   - gates: the contribution of the input and the biases, `[T, B, 4 * units]` in the order of
  ///     `order`.
  ///   - rows: `B`.
  /// - Returns: the hidden states `[T, B, units]`.
  /// - Throws: `CancellationError`, `TensorError.productFailed`.
  public func forward(
    gates: consuming [Float], steps: Int, rows: Int, state: inout State, workers: Workers
  ) throws -> (hidden: [Float], trace: Trace) {
    precondition(gates.count >= steps * rows * 4 * units && state.cell.count == rows * units)
    var gates = gates
    var passed = Passed(self, steps: steps, rows: rows, start: state)
    try unsafe gates.withUnsafeMutableBufferPointer { gates in
      try unsafe passed.withBuffers(state: &state) { buffers in
        guard let gates = gates.baseAddress else { return }
        try unsafe run(buffers, gates: gates, steps: steps, rows: rows, workers: workers)
      }
    }
    return (
      passed.hidden,
      Trace(
        gates: .rows(gates), states: passed.states, steps: steps, rows: rows, units: units,
        levels: [])
    )
  }

  private func run(
    _ buffers: Buffers, gates: UnsafeMutablePointer<Float>, steps: Int, rows: Int, workers: Workers
  ) throws {
    nonisolated(unsafe) let buffers = unsafe buffers
    nonisolated(unsafe) let allGates = unsafe gates
    let product = StepProduct(weights, rows: rows, parts: slices.count)
    unsafe product.pack(buffers.start, columns: 0..<units, part: 0, after: -1)
    let failures = Atomic(0)
    try workers.forEachStep(steps, parts: slices.count) { step, part in
      let slice = slices[part]
      let gates = unsafe allGates + step * rows * 4 * units
      let isDone = unsafe product.add(
        after: step - 1, columns: 4 * slice.lowerBound..<4 * slice.upperBound, to: gates)
      if !isDone { failures.add(1, ordering: .relaxed) }
      unsafe activate(gates, slice: slice, step: step, rows: rows, buffers)
      if step + 1 < steps {
        unsafe product.pack(
          buffers.hidden + step * rows * units, columns: slice, part: part, after: step)
      }
    }
    if failures.load(ordering: .relaxed) > 0 {
      throw TensorError.productFailed(rows: rows, columns: 4 * units)
    }
  }
}

extension Recurrence {
  /// The hidden states and the trace of a forward pass.
  struct Passed {
    /// `[T, B, units]`.
    var hidden: [Float]
    let states: States
    private let last: Range<Int>

    init(
      _ recurrence: Recurrence, steps: Int, rows: Int, start: State,
      interpolation: RowInterpolation? = nil
    ) {
      let step = rows * recurrence.units
      hidden = zeros(steps * rows * recurrence.units)
      states = States(start, units: recurrence.units, steps: steps, interpolation: interpolation)
      last = max(0, steps - 1) * step..<steps * step
    }

    /// Runs steps from a state, which is then the state after them.
    mutating func withBuffers(state: inout State, _ body: (Buffers) throws -> Void) rethrows {
      try unsafe hidden.withUnsafeMutableBufferPointer { hidden in
        try unsafe state.cell.withUnsafeMutableBufferPointer { cell in
          try unsafe state.hidden.withUnsafeBufferPointer { start in
            guard let hidden = hidden.baseAddress, let cell = cell.baseAddress,
              let start = start.baseAddress
            else { return }
            try unsafe body(
              Buffers(cells: states.cells, hidden: hidden, cell: cell, start: start))
          }
        }
      }
      if !last.isEmpty { state.hidden = Array(hidden[last]) }
    }
  }

  @unsafe struct Buffers {
    let cells: UnsafeMutablePointer<Float>
    let hidden: UnsafeMutablePointer<Float>
    /// The cells before and after a step.
    let cell: UnsafeMutablePointer<Float>
    /// The hidden state before the first step.
    let start: UnsafePointer<Float>
  }

  /// Computes the gates of a step and the state after it, for a slice of the units.
  /// - Parameter gates: `[B, 4 * units]`, before activation on entry, after activation on return.
  func activate(
    _ gates: UnsafeMutablePointer<Float>, slice: Range<Int>, step: Int, rows: Int,
    _ buffers: Buffers
  ) {
    for row in 0..<rows {
      let at = row * units + slice.lowerBound
      if step % Self.cellStride == 0 {
        let kept = unsafe buffers.cells + step / Self.cellStride * rows * units
        unsafe (kept + at).update(from: buffers.cell + at, count: slice.count)
      }
      unsafe lstmStepForward(
        gates: gates + row * 4 * units + 4 * slice.lowerBound, cell: buffers.cell + at,
        hidden: buffers.hidden + step * rows * units + at, units: slice.count)
    }
  }
}
