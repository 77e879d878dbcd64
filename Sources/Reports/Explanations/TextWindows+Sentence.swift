package import Classifiers

extension TextWindows {
  /// `read in 3 windows of up to 512 tokens; the mean of their logits is the text's`
  package var sentence: String {
    let count = tokens.count
    let answer =
      switch pooling {
      case .mean: "the mean of their logits is the text's"
      case .max: "the largest of their logits is the text's, for each class by itself"
      case .first: "the logits of the first are the text's"
      }
    return "read in \(count) windows of up to \(size) tokens; \(answer)"
  }
}
