import Tensors

/// A layer that has read a text, to be run again for each token with zeroed value vectors.
///
/// Source: Mohebbi et al. 2023, arXiv:2301.12971, section 3.
struct SilencedLayer {
  let tokens: Int
  /// The width of a token's vector.
  let width: Int
  /// The attention whose values are set to zero.
  let core: Attention
  /// Its queries, keys and values, `[T, (H + 2 * K) * d]`.
  let qkv: [Float]
  /// The layer's residual input and its output, `[T, D]` each.
  let input: [Float]
  let output: [Float]

  /// `1 - cos` of each token's vector and its value with another's values at zero, `[T, T]` with
  /// the changed vector as row and the zeroed token as column.
  /// - Parameter forward: runs the layer on some texts, each as long as this one, given queries,
  ///   keys and values and inputs.
  /// - Throws: `CancellationError`, errors of the layer.
  func turns(
    _ forward: (_ qkv: [Float], _ inputs: [Float], _ texts: TextSpans) throws -> [Float]
  ) throws -> [Float] {
    var turns = zeros(tokens * tokens)
    let atOnce = max(1, Transformer.tokensPerPass / tokens)
    for first in stride(from: 0, to: tokens, by: atOnce) {
      try Task.checkCancellation()
      let silenced = first..<min(tokens, first + atOnce)
      let texts = TextSpans(lengths: silenced.map { _ in tokens })
      var qkv = repeated(qkv, width: core.packedWidth, texts: texts)
      for (text, token) in zip(texts.ranges, silenced) {
        for column in core.valueColumns {
          qkv[(text.lowerBound + token) * core.packedWidth + column] = 0
        }
      }
      let changed = try forward(qkv, repeated(input, width: width, texts: texts), texts)
      for (text, token) in zip(texts.ranges, silenced) {
        for row in 0..<tokens {
          let at = (text.lowerBound + row) * width
          turns[row * tokens + token] = turn(
            output[row * width..<(row + 1) * width], changed[at..<at + width])
        }
      }
    }
    return turns
  }

  /// Repeats the text's rows for each text.
  private func repeated(_ rows: [Float], width: Int, texts: TextSpans) -> [Float] {
    var all: [Float] = []
    all.reserveCapacity(texts.count * width)
    for _ in texts.ranges { all += rows[..<(tokens * width)] }
    return all
  }

  /// `1 - cos` of two vectors; 0 if one of them is zero.
  private func turn(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
    var (dot, left, right) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      dot += Double(x) * Double(y)
      left += Double(x) * Double(x)
      right += Double(y) * Double(y)
    }
    let lengths = (left * right).squareRoot()
    return lengths > 0 ? Float(1 - dot / lengths) : 0
  }
}
