public import Classifiers
internal import Foundation
public import Tensors
public import Tokenizers

// Its mean over time steps read as attention: one layer, one head, and every token looks at all
// outputs alike. Only the first token's look reaches the head: logits = V [sum_t a_1t h_t, h_last].

extension TinyClassifier {
  public func attentionMaps(
    of target: Target, at embeddings: TokenVectors
  ) -> AttentionMaps {
    let all = activations(of: [target], at: embeddings)
    let outputs = all.parts[0].outputs
    let tokens = embeddings.tokens
    let share = tokens == 0 ? 0 : 1 / Float(tokens)
    var gradient = [Float](repeating: 0, count: tokens * tokens)
    let dPooled = transposed(
      headWeights, times: target.gradient(logits: all.logits[row: 0], link: link))
    for token in 0..<tokens {
      let h = outputs.values[outputs.range(row: 0, token: token)]
      gradient[token] = zip(h, dPooled).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return AttentionMaps(
      layers: 1, heads: 1, tokens: tokens, logits: all.logits[row: 0], score: all.scores[0],
      maps: [Float](repeating: share, count: tokens * tokens), gradient: gradient)
  }

  public func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) -> Matrix {
    willPass(batch.count)
    let outputs = outputs(embeddings(for: batch))
    var logits = head(outputs)
    for (row, token) in tokens.enumerated() where outputs.lengths[row] > 0 {
      let h = outputs.values[outputs.range(row: row, token: token)]
        .map { $0 / Float(outputs.lengths[row]) }
      let lost = product(headWeights, h + h.map { _ in 0 })
      for (c, value) in lost.enumerated() { logits[row, c] -= value }
    }
    return logits
  }

  public func valueZeroing(for text: [Token]) -> [Float] {
    let outputs = outputs(embeddings(for: [text]))
    let states = text.indices.map { Array(outputs.values[outputs.range(row: 0, token: $0)]) }
    let sum = (0..<hidden).map { k in states.reduce(0) { $0 + $1[k] } }
    let row = states.map { state -> Float in
      let rest = zip(sum, state).map { $0 - $1 }
      func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
      let lengths = (dot(sum, sum) * dot(rest, rest)).squareRoot()
      return lengths > 0 ? 1 - dot(sum, rest) / lengths : 0
    }
    return text.indices.flatMap { _ in row }
  }
}
