import Tensors

/// `y = x W^T + b` for the many rows of an encoder, with the weights packed for products.
struct Dense: Sendable {
  /// `[in, out]`.
  let weight: PackedMatrix
  /// `[out, in]`, packed when a gradient first needs it.
  private let transposed: LazyTranspose
  let bias: [Float]?

  /// - Parameter matrix: `[out, in]`, as PyTorch stores it.
  /// - Throws: `TensorError.packingFailed`.
  init(_ matrix: Matrix, bias: [Float]? = nil) throws {
    try self.init(CompactMatrix(matrix), bias: bias)
  }

  /// Two-byte numbers are kept in two bytes.
  /// - Parameter precision: the precision that the user wants: for bfloat16, the factors of such
  ///   weights may be rounded as well.
  /// - Throws: `TensorError.packingFailed`.
  init(
    _ matrix: CompactMatrix, bias: [Float]? = nil, precision: WeightPrecision = .float
  ) throws {
    weight = try PackedMatrix(matrix, transposed: true, left: precision)
    transposed = LazyTranspose(of: weight)
    self.bias = bias
  }

  var inputs: Int { weight.rows }
  var outputs: Int { weight.columns }
  /// Whether both factors of its products are rounded to bfloat16.
  var roundsFactors: Bool { weight.roundsLeft }

  /// `[N, in]` to `[N, out]`.
  /// - Throws: `TensorError.productFailed`.
  func forward(_ x: [Float], rows: Int, workers: Workers) throws -> [Float] {
    try weight.product(x, rows: rows, bias: bias, workers: workers)
  }

  /// The product, with the first `columns` outputs computed only for the rows `only`; in the other rows these
  /// outputs are undefined.
  /// - Throws: `TensorError.productFailed`.
  func forward(
    _ x: [Float], rows: Int, first columns: Int, only: RowSelection, workers: Workers
  ) throws -> [Float] {
    try weight.product(
      x, rows: rows, first: columns, only: only.numbers, bias: bias, workers: workers)
  }

  func backward(_ dy: [Float], rows: Int, workers: Workers) throws -> [Float] {
    // forward:  y = x W^T + b
    try transposed.matrix().product(dy, rows: rows, workers: workers)
  }
}
