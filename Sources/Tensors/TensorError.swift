/// What can go wrong in arithmetic, whatever the numbers.
public enum TensorError: Error, Sendable, Equatable {
  /// The library for matrix products found no memory or no kernel for this matrix.
  case packingFailed(rows: Int, columns: Int)
  case productFailed(rows: Int, columns: Int)
}
