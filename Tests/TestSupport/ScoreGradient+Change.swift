public import Classifiers
internal import Tensors

extension ScoreGradient {
  /// What the target's value at the text exceeds that at the baseline by, in double precision; no
  /// number where there is no baseline.
  public func change(of target: Target, row: Int = 0, link: OutputLink) -> Double {
    guard let baselineLogits else { return .nan }
    return target.unroundedValue(logits: logits[row: row], link: link)
      - target.unroundedValue(logits: baselineLogits[row: row], link: link)
  }

  /// The sum of the multipliers times the distances of the embeddings from the baseline.
  public func contributions(at embeddings: TokenVectors, from baseline: TokenVectors) -> Double {
    var sum = 0.0
    for (place, multiplier) in gradient.values.enumerated() {
      let distance = Double(embeddings.values[place]) - Double(baseline.values[place])
      sum += Double(multiplier) * distance
    }
    return sum
  }
}
