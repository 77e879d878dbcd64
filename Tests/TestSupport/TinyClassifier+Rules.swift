public import Classifiers
internal import Foundation
internal import Tensors

// What only some classifiers can, for a model whose every rule can be read off its one equation:
// h_t = tanh(z_t), z_t = W x_t + U h_{t-1}.

extension TinyClassifier {
  public func backward(
    _ rule: PropagationRule, of targets: [Target], at embeddings: TokenVectors
  ) -> ScoreGradient {
    switch rule {
    case .derivative, .unwindowed: gradient(of: targets, at: embeddings)
    case .relevance: backward(of: targets, at: embeddings) { z in z == 0 ? 1 : tanh(z) / z }
    case .chords(let baselines): multipliers(of: targets, at: embeddings, from: baselines)
    }
  }

  /// The gradient with another slope in the place of `tanh`'s.
  private func backward(
    of targets: [Target], at embeddings: TokenVectors, slope: (Float) -> Float
  ) -> ScoreGradient {
    let all = activations(of: targets, at: embeddings)
    let gradient = all.parts[0].gradient
    let z = preactivations(embeddings)
    var dx = TokenVectors(lengths: embeddings.lengths, width: width)
    for row in 0..<embeddings.batch {
      var carried = [Float](repeating: 0, count: hidden)
      for token in (0..<embeddings.lengths[row]).reversed() {
        let dh = zip(carried, gradient.values[gradient.range(row: row, token: token)])
          .map { $0 + $1 }
        let dz = zip(dh, z.values[z.range(row: row, token: token)]).map { $0 * slope($1) }
        dx.values.replaceSubrange(
          dx.range(row: row, token: token), with: transposed(inputWeights, times: dz))
        carried = transposed(recurrentWeights, times: dz)
      }
    }
    return ScoreGradient(logits: all.logits, scores: all.scores, gradient: dx)
  }

  /// `z`, `[B, T, hidden]`.
  private func preactivations(_ embeddings: TokenVectors) -> TokenVectors {
    var z = outputs(embeddings)
    for row in 0..<embeddings.batch {
      var state = [Float](repeating: 0, count: hidden)
      for token in 0..<embeddings.lengths[row] {
        let x = Array(embeddings.values[embeddings.range(row: row, token: token)])
        let sums = zip(product(inputWeights, x), product(recurrentWeights, state))
          .map { $0 + $1 }
        state = sums.map { tanh($0) }
        z.values.replaceSubrange(z.range(row: row, token: token), with: sums)
      }
    }
    return z
  }
}

extension TinyClassifier {
  private func multipliers(
    of targets: [Target], at embeddings: TokenVectors, from baselines: TokenVectors
  ) -> ScoreGradient {
    let (z, b) = (preactivations(embeddings), preactivations(baselines))
    let all = activations(of: targets, at: embeddings)
    let logits = all.logits
    let start = head(outputs(baselines))
    var m = TokenVectors(lengths: embeddings.lengths, width: width)
    for (row, target) in targets.enumerated() where embeddings.lengths[row] > 0 {
      let count = embeddings.lengths[row]
      let top = transposed(
        headWeights, times: Self.chord(target, start[row: row], logits[row: row], link: link))
      var carried = [Float](repeating: 0, count: hidden)
      for token in (0..<count).reversed() {
        let range = z.range(row: row, token: token)
        let slopes = zip(z.values[range], b.values[range]).map { Self.slope($0, $1) }
        let mz = slopes.indices.map { k -> Float in
          let last: Float = token == count - 1 ? top[hidden + k] : 0
          let reached: Float = carried[k] + top[k] / Float(count) + last
          return slopes[k] * reached
        }
        m.values.replaceSubrange(
          m.range(row: row, token: token), with: transposed(inputWeights, times: mz))
        carried = transposed(recurrentWeights, times: mz)
      }
    }
    return ScoreGradient(
      logits: logits, scores: all.scores, gradient: m, baselineLogits: start)
  }

  /// Of the chord of `tanh`.
  private static func slope(_ z: Float, _ b: Float) -> Float {
    if z == b { return 1 - tanh(z) * tanh(z) }
    return (tanh(z) - tanh(b)) / (z - b)
  }

  /// The mean gradient between two rows of logits.
  private static func chord(
    _ target: Target, _ start: [Float], _ end: [Float], link: OutputLink
  ) -> [Float] {
    let points = 200
    var mean = end.map { _ in Float(0) }
    for point in 0..<points {
      let share = (Float(point) + 0.5) / Float(points)
      let logits = zip(start, end).map { $0 + share * ($1 - $0) }
      for (index, slope) in target.gradient(logits: logits, link: link).enumerated() {
        mean[index] += slope / Float(points)
      }
    }
    return mean
  }
}

extension TinyClassifier {
  public var layerNames: [String] { ["recurrence"] }

  /// A layer's outputs are all its states as one input of the head: what goes on inside the layer
  /// is no part of it.
  public func activations(
    _ site: Site, of targets: [Target], at embeddings: TokenVectors
  ) -> SiteActivations {
    activations(of: targets, at: embeddings)
  }
}

extension TinyClassifier {
  public func contextualDecomposition(
    of phrases: [Set<Int>], at embeddings: TokenVectors
  ) -> Decomposition {
    willPass(phrases.count)
    var logits = (
      relevant: Matrix(zeros: phrases.count, classes.count),
      irrelevant: Matrix(zeros: phrases.count, classes.count)
    )
    for (row, phrase) in phrases.enumerated() {
      let lengths = [embeddings.tokens]
      var parts = (
        relevant: TokenVectors(lengths: lengths, width: hidden),
        irrelevant: TokenVectors(lengths: lengths, width: hidden)
      )
      var state = (
        relevant: [Float](repeating: 0, count: hidden),
        irrelevant: [Float](repeating: 0, count: hidden)
      )
      for token in 0..<embeddings.tokens {
        let x = Array(embeddings.values[embeddings.range(row: 0, token: token)])
        let input = product(inputWeights, x)
        let none = [Float](repeating: 0, count: hidden)
        let isInside = phrase.contains(token)
        let a = zip(product(recurrentWeights, state.relevant), isInside ? input : none)
          .map { $0 + $1 }
        let b = zip(product(recurrentWeights, state.irrelevant), isInside ? none : input)
          .map { $0 + $1 }
        state.relevant = zip(a, b).map { (tanh($0) + tanh($0 + $1) - tanh($1)) / 2 }
        state.irrelevant = zip(a, b).map { (tanh($1) + tanh($0 + $1) - tanh($0)) / 2 }
        let range = parts.relevant.range(row: 0, token: token)
        parts.relevant.values.replaceSubrange(range, with: state.relevant)
        parts.irrelevant.values.replaceSubrange(range, with: state.irrelevant)
      }
      for (c, value) in head(parts.relevant)[row: 0].enumerated() {
        logits.relevant[row, c] = value
      }
      for (c, value) in head(parts.irrelevant)[row: 0].enumerated() {
        logits.irrelevant[row, c] = value
      }
    }
    return Decomposition(relevant: logits.relevant, irrelevant: logits.irrelevant)
  }
}

extension TinyClassifier {
  public var randomizableLayers: [String] { ["head", "recurrence", "embedding"] }

  public func randomizingLayers(first count: Int, seed: UInt64) -> TinyClassifier {
    let other = TinyClassifier(
      vocabulary: embedding.rows, width: width, hidden: hidden, classes: classes.count,
      seed: seed &+ 1000, link: link, callSize: callSize)
    var copy = self
    if count > 0 { copy.headWeights = other.headWeights }
    if count > 1 {
      copy.inputWeights = other.inputWeights
      copy.recurrentWeights = other.recurrentWeights
    }
    if count > 2 { copy.embedding = other.embedding }
    return copy
  }
}
