internal import Attribution

extension Attribution {
  /// Of a unit's score: the sum over its pieces, which is right where they share one estimate and
  /// otherwise more than the error is; nil where nothing was drawn.
  func standardError(of pieces: [Int]) -> Float? {
    guard let standardErrors else { return nil }
    let error = pieces.reduce(0) { $0 + (standardErrors.element(at: $1) ?? 0) }
    return error > 0 ? error : nil
  }
}
