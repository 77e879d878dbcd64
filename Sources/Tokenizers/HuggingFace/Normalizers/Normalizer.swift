/// Rewrites a text before it is split.
protocol Normalizer: Sendable {
  func normalize(_ text: inout AlignedText)
}

/// Several normalizers in order.
struct NormalizerSequence: Normalizer {
  let normalizers: [any Normalizer]

  /// - Parameter normalizers: nested sequences are flattened.
  init(_ normalizers: [any Normalizer]) {
    self.normalizers = normalizers.flatMap { ($0 as? Self)?.normalizers ?? [$0] }
  }

  func normalize(_ text: inout AlignedText) {
    for normalizer in normalizers where text.scalars.count <= text.growthLimit {
      normalizer.normalize(&text)
    }
  }
}
