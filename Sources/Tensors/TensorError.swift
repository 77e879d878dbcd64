/// Errors of arithmetic, which do not depend on the numbers.
public enum TensorError: Error, Sendable, Equatable {
  /// There was not enough memory for a packed matrix of this size.
  case packingFailed(rows: Int, columns: Int)
  case productFailed(rows: Int, columns: Int)
}
