/// Cuts a text into what the model reads one by one: words.
protocol PreTokenizer: Sendable {
  func split(_ text: inout SplitText)
}

/// One after another.
struct PreTokenizerSequence: PreTokenizer {
  let preTokenizers: [any PreTokenizer]

  /// - Parameter preTokenizers: sequences among them are taken apart.
  init(_ preTokenizers: [any PreTokenizer]) {
    self.preTokenizers = preTokenizers.flatMap { ($0 as? Self)?.preTokenizers ?? [$0] }
  }

  func split(_ text: inout SplitText) {
    for preTokenizer in preTokenizers where text.scalars.count <= text.growthLimit {
      preTokenizer.split(&text)
    }
  }
}
