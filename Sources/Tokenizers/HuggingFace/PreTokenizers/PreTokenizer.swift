/// Splits a text into the words that the model tokenizes separately.
protocol PreTokenizer: Sendable {
  func split(_ text: inout SplitText)
}

/// Several pre-tokenizers in order.
struct PreTokenizerSequence: PreTokenizer {
  let preTokenizers: [any PreTokenizer]

  /// - Parameter preTokenizers: nested sequences are flattened.
  init(_ preTokenizers: [any PreTokenizer]) {
    self.preTokenizers = preTokenizers.flatMap { ($0 as? Self)?.preTokenizers ?? [$0] }
  }

  func split(_ text: inout SplitText) {
    for preTokenizer in preTokenizers where text.scalars.count <= text.growthLimit {
      preTokenizer.split(&text)
    }
  }
}
