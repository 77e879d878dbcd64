import Tensors

/// A layer that has read a text, to be run once more for each token whose value vectors are zero.
///
/// Source: Mohebbi et al. 2023, arXiv:2301.12971, section 3.
struct SilencedLayer {
  let tokens: Int
  /// Of a token's vector.
  let width: Int
  /// That of the attention whose values become zero.
  let core: Attention
  /// Its queries, keys and values, `[T, (H + 2 * K) * d]`.
  let qkv: [Float]
  /// What stands beside it in the layer, and what the layer gives, `[T, D]` each.
  let input: [Float]
  let output: [Float]

  /// `1 - cos` of each token's vector and what it is where another's values are zero, `[T, T]` with the
  /// changed vector as row and the zeroed token as column.
  /// - Parameter forward: the layer for some texts, each as long as this one, from queries, keys and
  ///   values and from inputs.
  /// - Throws: `CancellationError`, what the layer throws.
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

  /// The text's rows once for each text.
  private func repeated(_ rows: [Float], width: Int, texts: TextSpans) -> [Float] {
    var all: [Float] = []
    all.reserveCapacity(texts.count * width)
    for _ in texts.ranges { all += rows[..<(tokens * width)] }
    return all
  }

  /// `1 - cos` of two vectors; 0 where one of them is zero.
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
