/// Rewrites a text before it is split.
protocol Normalizer: Sendable {
  func normalize(_ text: inout AlignedText)
}

/// One after another.
struct NormalizerSequence: Normalizer {
  let normalizers: [any Normalizer]

  func normalize(_ text: inout AlignedText) {
    for normalizer in normalizers { normalizer.normalize(&text) }
  }
}
