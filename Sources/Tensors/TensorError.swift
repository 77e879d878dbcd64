/// What can go wrong in arithmetic, whatever the numbers.
public enum TensorError: Error, Sendable, Equatable {
  /// There was no memory for this matrix.
  case packingFailed(rows: Int, columns: Int)
  case productFailed(rows: Int, columns: Int)
}
