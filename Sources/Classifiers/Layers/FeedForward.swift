import Tensors

/// Two linear layers with an activation between them, applied to each token.
struct FeedForward: Sendable {
  var inner: Dense
  var outer: Dense
  let activation: Activation
  /// Whether the inner layer's output has two halves, of which the second is multiplied with the
  /// activated first.
  var isGated = false

  /// - Returns: the output, and the inner layer's output before the activation.
  /// - Throws: `TensorError.productFailed`.
  func forward(
    _ x: [Float], rows: Int, workers: Workers
  ) throws -> (y: [Float], hidden: [Float]) {
    let hidden = try inner.forward(x, rows: rows, workers: workers)
    let active =
      isGated
      ? activation.gated(hidden, rows: rows, columns: outer.inputs, workers: workers)
      : activation.forward(hidden, workers: workers)
    return (try outer.forward(active, rows: rows, workers: workers), hidden)
  }

  func backward(
    _ dy: [Float], hidden: [Float], rows: Int, rule: LayerRule<[Float]>, workers: Workers
  ) throws -> [Float] {
    // forward:  y = outer(activation(inner(x)))
    let dActive = try outer.backward(dy, rows: rows, workers: workers)
    let dHidden =
      isGated
      ? activation.gatedBackward(
        dActive, input: hidden, rows: rows, columns: outer.inputs, rule: rule, workers: workers)
      : activation.backward(dActive, input: hidden, rule: rule, workers: workers)
    return try inner.backward(dHidden, rows: rows, workers: workers)
  }
}
