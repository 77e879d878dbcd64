/// A tensor that is computed of others when it is asked for, such as a matrix with an adapter's changes.
struct DerivedTensor: Sendable {
  let shape: [Int]
  /// Of the files that are read for it.
  let byteCount: Int
  /// The numbers, row-major.
  let values: @Sendable (LoadProgress?) throws -> [Float]
}
