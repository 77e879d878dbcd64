import Tensors
internal import Tokenizers

/// Labels of the user's as classes, by a network that tells whether a hypothesis follows from a text.
///
/// As transformers' zero-shot pipeline computes it: for one label of several, the softmax of the
/// entailment's logits; for each label by itself, that of entailment beside contradiction, which is a
/// sigmoid of their difference.
struct ZeroShot: Derivation {
  let classes: [String]
  let link: OutputLink
  /// Tokens of each label's hypothesis, with those that stand around it.
  let hypotheses: [Int]
  /// The network's outputs.
  let entailment: Int
  /// nil for one label of several.
  let contradiction: Int?
  let frame: TextFrame
  /// The most tokens that the network reads.
  let limit: Int?
  let cutsLeft: Bool

  /// The text with each hypothesis; of a text that is too long for one, as much as there is room for.
  func readings(of parts: [Int]) -> [Reading] {
    hypotheses.enumerated().map { label, tokens in
      Reading(tokens: kept(of: parts.count, beside: tokens), suffix: label)
    }
  }

  private func kept(of count: Int, beside hypothesis: Int) -> [Int] {
    let excess = max(0, count + hypothesis - (limit ?? .max / 2))
    // Too little room even for what stands around a text is the network's to tell.
    guard excess > 0, let inner = frame.inside(count), inner.count >= excess else {
      return Array(0..<count)
    }
    let cut =
      cutsLeft
      ? inner.lowerBound..<inner.lowerBound + excess : inner.upperBound - excess..<inner.upperBound
    return Array(0..<cut.lowerBound) + Array(cut.upperBound..<count)
  }

  func logits(_ outputs: Matrix) -> [Float] {
    (0..<outputs.rows).map { row in
      outputs[row, entailment] - (contradiction.map { outputs[row, $0] } ?? 0)
    }
  }

  func backward(_ dLogits: [Float], outputs: Matrix) -> Matrix {
    // forward:  logit[label] = entailment[label] - contradiction[label]
    var d = Matrix(zeros: outputs.rows, outputs.columns)
    for (row, value) in dLogits.enumerated() {
      d[row, entailment] += value
      if let contradiction { d[row, contradiction] -= value }
    }
    return d
  }
}
