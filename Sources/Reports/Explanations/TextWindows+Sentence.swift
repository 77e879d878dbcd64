package import Classifiers

extension TextWindows {
  /// `read in 3 windows of up to 512 tokens; their logits are averaged`; for two texts `the second
  /// text is read in 3 windows of up to 512 tokens, each together with the first text; …`.
  package var sentence: String {
    let count = tokens.count
    let answer =
      switch pooling {
      case .mean: "their logits are averaged"
      case .max: "for each class, the largest of their logits is used"
      case .first: "only the logits of the first window are used"
      }
    let texts = part.map { $0 == 0 ? ["first", "second"] : ["second", "first"] }
    let read = "read in \(count) windows of up to \(size) tokens"
    guard let texts else { return "\(read); \(answer)" }
    return "the \(texts[0]) text is \(read), each together with the \(texts[1]) text; \(answer)"
  }

  /// The same for a picture that shows where each window begins.
  package func legend(seam: String = Self.seam) -> String {
    "\(sentence); \(seam) marks where a window begins"
  }
}
