internal import Tensors

/// The machine's peak performance, to compare a model's work with.
enum Roofline {
  /// Two products: a compute-bound one of an LSTM's size with many rows, and a memory-bound one of
  /// a single row with a matrix larger than any cache.
  static func rows(repeats: Int) throws -> [BenchRow] {
    let (depth, columns, many) = (1152, 4608, 504)
    let matrix = try PackedMatrix(numbers(depth, columns))
    let left = numbers(many, depth).elements
    var out = [Float](repeating: 0, count: many * columns)
    let product = try Workload.seconds(repeats: repeats) {
      try matrix.multiply(left, rows: many, into: &out)
    }
    var best = BenchRow(model: "machine", tokens: nil, work: "best product", product)
    best.operations = 2 * Double(many) * Double(depth) * Double(columns)

    let (height, width) = (2048, 16_384)
    let large = try PackedMatrix(numbers(height, width))
    let row = numbers(1, height).elements
    var sums = [Float](repeating: 0, count: width)
    let reading = try Workload.seconds(repeats: repeats) {
      try large.multiply(row, rows: 1, into: &sums)
    }
    var read = BenchRow(model: "machine", tokens: nil, work: "plain read", reading)
    read.readBytes = Double(height * width * MemoryLayout<Float>.size)
    return [best, read]
  }

  /// Numbers of the size of weights, none of them zero.
  private static func numbers(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { Float($0 % 127 - 63) / 256 + 0x1p-10 })
  }
}
