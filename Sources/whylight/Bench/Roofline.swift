internal import Tensors

/// What this machine can do at best, to measure a model's work against.
enum Roofline {
  /// The product of an LSTM's size with many rows, and that of one row with a matrix that no cache
  /// holds, which does nothing but read.
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

  /// Numbers as large as weights, none of them zero.
  private static func numbers(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { Float($0 % 127 - 63) / 256 + 0x1p-10 })
  }
}
