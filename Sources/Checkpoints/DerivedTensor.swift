/// A tensor that is computed from others on demand, such as a matrix with an adapter merged into
/// it.
struct DerivedTensor: Sendable {
  let shape: [Int]
  /// How many bytes of the files are read for it.
  let byteCount: Int
  /// Computes the numbers, row-major.
  let values: @Sendable (LoadProgress?) throws -> [Float]
}
