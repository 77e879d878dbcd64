import Tensors
internal import Tokenizers

/// The user's labels as classes, by a network for textual entailment.
///
/// Computed like transformers' zero-shot pipeline: for single-label classification, the softmax of
/// the entailment logits; for multi-label classification, that of entailment versus contradiction
/// for each label, which is a sigmoid of their difference.
struct ZeroShot: Derivation {
  let classes: [String]
  let link: OutputLink
  /// The number of tokens of each label's hypothesis, including its frame.
  let hypotheses: [Int]
  /// Indices of the network's outputs.
  let entailment: Int
  /// nil for single-label classification.
  let contradiction: Int?
  let frame: TextFrame
  /// The most tokens that the network reads.
  let limit: Int?
  let cutsLeft: Bool

  /// The text with each hypothesis; a text that is too long is cut off to make room for it.
  func readings(of parts: [Int]) -> [Reading] {
    hypotheses.enumerated().map { label, tokens in
      Reading(tokens: kept(of: parts.count, beside: tokens), suffix: label)
    }
  }

  private func kept(of count: Int, beside hypothesis: Int) -> [Int] {
    let excess = max(0, count + hypothesis - (limit ?? .max / 2))
    // If there is not even room for the frame, the network reports the error.
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
