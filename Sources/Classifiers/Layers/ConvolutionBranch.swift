import Tensors

/// DeBERTa-v2's convolution beside the first layer: `norm(y + f(conv(x)))` of the encoder's input `x`
/// and the layer's output `y`, with zeros before and after each text.
struct ConvolutionBranch: Sendable {
  /// `[k * D, D]`, neighbours from left to right.
  let kernel: Dense
  /// `k`, odd.
  let size: Int
  let activation: Activation
  let norm: LayerNorm

  /// - Parameter weight: PyTorch's, `[D, D / groups, k]`.
  /// - Throws: `TensorError.packingFailed`.
  init(
    weight: [Float], bias: [Float], size: Int, groups: Int, activation: Activation, norm: LayerNorm
  ) throws {
    let width = bias.count
    let part = width / groups
    var matrix = Matrix(zeros: width, size * width)
    for out in 0..<width {
      for index in 0..<part {
        for place in 0..<size {
          matrix[out, place * width + out / part * part + index] =
            weight[(out * part + index) * size + place]
        }
      }
    }
    kernel = try Dense(matrix, bias: bias)
    self.size = size
    self.activation = activation
    self.norm = norm
  }

  struct Trace: Sendable {
    let convolved: [Float]
    let norm: NormTrace
  }

  /// - Throws: `TensorError.productFailed`.
  func forward(
    _ y: [Float], input x: [Float], texts: TextSpans, workers: Workers
  ) throws -> (y: [Float], trace: Trace) {
    let convolved = try kernel.forward(
      neighbours(x, texts: texts), rows: texts.count, workers: workers)
    let rows = sum(activation.forward(convolved, workers: workers), y, workers: workers)
    let (normed, statistics) = norm.forward(rows: rows, count: texts.count, workers: workers)
    let given = NormTrace(rows: rows, statistics: statistics)
    return (normed, Trace(convolved: convolved, norm: given))
  }

  /// The gradients at the layer's output and at the encoder's input.
  func backward(
    _ d: [Float], trace: Trace, texts: TextSpans, rule: LayerRule<Trace>, workers: Workers
  ) throws -> (dy: [Float], dx: [Float]) {
    // forward:  norm(y + activation(kernel * neighbours(x)))
    let dy = norm.backward(d, trace: trace.norm, rule: rule[\.norm], workers: workers)
    let dConvolved = activation.backward(
      dy, input: trace.convolved, rule: rule[\.convolved], workers: workers)
    let dNeighbours = try kernel.backward(dConvolved, rows: texts.count, workers: workers)
    return (dy, collect(dNeighbours, texts: texts))
  }

  /// Each token's vector between its neighbours', `[N, k * D]`.
  private func neighbours(_ x: [Float], texts: TextSpans) -> [Float] {
    let width = kernel.outputs
    var result = zeros(texts.count * size * width)
    forEachNeighbour(texts) { row, place, other in
      let to = (row * size + place) * width
      result.replaceSubrange(to..<to + width, with: x[other * width..<(other + 1) * width])
    }
    return result
  }

  private func collect(_ d: [Float], texts: TextSpans) -> [Float] {
    let width = kernel.outputs
    var dx = zeros(texts.count * width)
    forEachNeighbour(texts) { row, place, other in
      // forward:  neighbours[row, place] = x[other]
      let from = (row * size + place) * width
      for column in 0..<width { dx[other * width + column] += d[from + column] }
    }
    return dx
  }

  private func forEachNeighbour(_ texts: TextSpans, _ body: (Int, Int, Int) -> Void) {
    for range in texts.ranges {
      for row in range {
        for place in 0..<size where range.contains(row + place - size / 2) {
          body(row, place, row + place - size / 2)
        }
      }
    }
  }
}
