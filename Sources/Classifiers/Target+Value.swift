import Glibc

extension Target {
  /// The target's value for one row of logits; NaN if there is no such class.
  public func value(logits: [Float], link: OutputLink) -> Float {
    Float(unroundedValue(logits: logits, link: link))
  }

  /// The same in double precision, for differences of two values: a Float resolves probabilities
  /// near 1 too coarsely.
  public func unroundedValue(logits: [Float], link: OutputLink) -> Double {
    guard isValid(classes: logits.count) else { return .nan }
    let quantities = quantity.values(logits.map(Double.init), link: link)
    return quantities[classIndex] - (versus.map { quantities[$0] } ?? 0)
  }

  /// `d value / d logits`, `[C]`; NaN if there is no such class.
  public func gradient(logits: [Float], link: OutputLink) -> [Float] {
    guard isValid(classes: logits.count) else {
      return [Float](repeating: .nan, count: logits.count)
    }
    let logits = logits.map(Double.init)
    var gradient = quantity.gradient(of: classIndex, logits: logits, link: link)
    if let versus {
      let other = quantity.gradient(of: versus, logits: logits, link: link)
      for index in gradient.indices { gradient[index] -= other[index] }
    }
    return gradient.map(Float.init)
  }

  func isValid(classes: Int) -> Bool {
    (0..<classes).contains(classIndex) && (0..<classes).contains(versus ?? classIndex)
  }
}

/// Probabilities `[C]` from one row of logits.
public func probabilities(_ logits: [Float], link: OutputLink) -> [Float] {
  Target.Quantity.probability.values(logits.map(Double.init), link: link).map(Float.init)
}

// In Double, and never as a difference from 1, so that a saturated probability keeps its gradient.
extension Target.Quantity {
  fileprivate func values(_ logits: [Double], link: OutputLink) -> [Double] {
    switch (self, link) {
    // A regression has no probabilities: every quantity is the number itself.
    case (.logit, _), (_, .identity): logits
    case (.probability, .softmax): softmax(logits)
    case (.probability, .sigmoid): logits.map(sigmoid)
    case (.logProbability, .softmax): logSoftmax(logits)
    case (.logProbability, .sigmoid): logits.map { min($0, 0) - log1p(exp(-$0.magnitude)) }
    }
  }

  fileprivate func gradient(of index: Int, logits: [Double], link: OutputLink) -> [Double] {
    var gradient = [Double](repeating: 0, count: logits.count)
    switch (self, link) {
    case (.logit, _), (_, .identity):
      gradient[index] = 1
    case (.probability, .sigmoid):
      gradient[index] = sigmoid(logits[index]) * sigmoid(-logits[index])
    case (.logProbability, .sigmoid):
      gradient[index] = sigmoid(-logits[index])
    case (.probability, .softmax), (.logProbability, .softmax):
      // d log p[c] / d x[j] = [j == c] - p[j], and d p[c] = p[c] * d log p[c].
      let all = softmax(logits)
      let factor = self == .probability ? all[index] : 1
      var others = 0.0
      for (j, p) in all.enumerated() where j != index {
        gradient[j] = -p * factor
        others += p
      }
      gradient[index] = others * factor
    }
    return gradient
  }
}

private func sigmoid(_ x: Double) -> Double {
  x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x))
}

private func softmax(_ logits: [Double]) -> [Double] {
  let largest = logits.max() ?? 0
  let powers = logits.map { exp($0 - largest) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}

private func logSoftmax(_ logits: [Double]) -> [Double] {
  let largest = logits.max() ?? 0
  let logSum = log(logits.reduce(0) { $0 + exp($1 - largest) })
  return logits.map { $0 - largest - logSum }
}
