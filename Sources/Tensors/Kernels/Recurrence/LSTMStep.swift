import CKernels

// One time step of an LSTM for one row of a batch and a slice of its units: PyTorch's equations,
// with the gates in the order input, forget, output, candidate. Each loop touches few arrays, so
// that the compiler can tell them apart and vectorise.

/// - Parameters:
///   - gates: `[4, units]`, before activation on entry, after it on return.
///   - cell: before the step on entry, after it on return.
func lstmStepForward(
  gates: UnsafeMutablePointer<Float>, cell: UnsafeMutablePointer<Float>,
  hidden: UnsafeMutablePointer<Float>, units: Int
) {
  if PackedMatrix.Kernels.best == .own {
    return unsafe kernels_lstm_forward(gates, cell, hidden, Int64(units))
  }
  let output = unsafe gates + 2 * units
  let candidate = unsafe gates + 3 * units
  for j in 0..<3 * units { unsafe gates[j] = logistic(gates[j]) }
  for j in 0..<units { unsafe candidate[j] = hyperbolicTangent(candidate[j]) }
  unsafe lstmCell(gates: gates, previousCell: cell, cell: cell, units: units)
  for j in 0..<units { unsafe hidden[j] = output[j] * hyperbolicTangent(cell[j]) }
}

/// The step's cell from the one before it and the gates after activation.
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

/// The gradient of the step above.
/// - Parameters:
///   - gates: after activation on entry; on return the gradient before activation.
///   - dHidden: what reaches `hidden` from the output and from the next step.
///   - dCell: what reaches `cell` from the next step; on return what reaches `previousCell`.
///   - scratch: `[units]`.
func lstmStepBackward(
  gates: UnsafeMutablePointer<Float>, previousCell: UnsafePointer<Float>,
  cell: UnsafePointer<Float>, dHidden: UnsafePointer<Float>, dCell: UnsafeMutablePointer<Float>,
  scratch: UnsafeMutablePointer<Float>, units: Int
) {
  if PackedMatrix.Kernels.best == .own {
    return unsafe kernels_lstm_backward(
      gates, previousCell, cell, dHidden, dCell, Int64(units))
  }
  let input = unsafe gates
  let forget = unsafe gates + units
  let output = unsafe gates + 2 * units
  let candidate = unsafe gates + 3 * units
  // forward:  hidden[j] = output[j] * tanh(cell[j])
  for j in 0..<units { unsafe scratch[j] = hyperbolicTangent(cell[j]) }
  for j in 0..<units {
    unsafe dCell[j] += dHidden[j] * output[j] * (1 - scratch[j] * scratch[j])
  }
  for j in 0..<units {
    unsafe output[j] = dHidden[j] * scratch[j] * output[j] * (1 - output[j])
  }
  // forward:  cell[j] = forget[j] * previousCell[j] + input[j] * candidate[j]
  for j in 0..<units {
    let i = unsafe input[j]
    let g = unsafe candidate[j]
    unsafe input[j] = dCell[j] * g * i * (1 - i)
    unsafe candidate[j] = dCell[j] * i * (1 - g * g)
  }
  for j in 0..<units {
    let f = unsafe forget[j]
    let d = unsafe dCell[j]
    unsafe forget[j] = d * previousCell[j] * f * (1 - f)
    unsafe dCell[j] = d * f
  }
}
