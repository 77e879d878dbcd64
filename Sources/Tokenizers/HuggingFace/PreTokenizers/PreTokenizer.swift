/// Cuts a text into what the model reads one by one: words.
protocol PreTokenizer: Sendable {
  func split(_ text: inout SplitText)
}

/// One after another.
struct PreTokenizerSequence: PreTokenizer {
  let preTokenizers: [any PreTokenizer]

  func split(_ text: inout SplitText) {
    for preTokenizer in preTokenizers { preTokenizer.split(&text) }
  }
}
