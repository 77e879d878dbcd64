import CKernels

// One time step of an LSTM for one row of a batch and a slice of its units: PyTorch's equations,
// with the gates in the order input, forget, output, candidate. Each loop uses few arrays, so that
// the compiler can rule out aliasing and vectorise it.

/// - Parameters:
///   - gates: `[4, units]`, before activation on entry, after activation on return.
///   - cell: before the step on entry, after it on return.
func lstmStepForward(
  gates: UnsafeMutablePointer<Float>, cell: UnsafeMutablePointer<Float>,
  hidden: UnsafeMutablePointer<Float>, units: Int
) {
  unsafe kernels_lstm_forward(gates, cell, hidden, Int64(units))
}

/// The cell after a step, from the cell before it and the gates after activation.
func lstmCell(
  gates: UnsafePointer<Float>, previousCell: UnsafePointer<Float>,
  cell: UnsafeMutablePointer<Float>, units: Int
) {
  let forget = unsafe gates + units
  let candidate = unsafe gates + 3 * units
  for j in 0..<units {
    unsafe cell[j] = forget[j] * previousCell[j] + gates[j] * candidate[j]
  }
}

/// The backward pass of the step.
/// - Parameters:
///   - gates: after activation on entry; on return the gradient before activation.
///   - dHidden: the gradient at `hidden` from the output and from the next step.
///   - dCell: the gradient at `cell` from the next step; on return the gradient at `previousCell`.
func lstmStepBackward(
  gates: UnsafeMutablePointer<Float>, previousCell: UnsafePointer<Float>,
  cell: UnsafePointer<Float>, dHidden: UnsafePointer<Float>, dCell: UnsafeMutablePointer<Float>,
  units: Int
) {
  unsafe kernels_lstm_backward(
    gates, previousCell, cell, dHidden, dCell, Int64(units))
}
