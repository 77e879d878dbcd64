internal import Attribution

extension TokenAttribution {
  /// The standard error of a unit's score, as the sum over its pieces: exact if they share one
  /// estimate, an upper bound otherwise. Nil for explainers that draw no samples.
  func standardError(of pieces: [Int]) -> Float? {
    guard let standardErrors else { return nil }
    let error = pieces.reduce(0) { $0 + (standardErrors.element(at: $1) ?? 0) }
    return error > 0 ? error : nil
  }
}
