import Tensors
import TestSupport
import Testing

/// Matrices of numbers that take two bytes each.
struct HalfProductTests {
  static let formats: [HalfFormat] = [.float16, .bfloat16]

  /// Numbers of magnitudes from 2e-3 to 2, also subnormal ones of float16, with either sign.
  private func halves(_ rows: Int, _ columns: Int, _ format: HalfFormat) -> CompactMatrix {
    let bits = (0..<rows * columns).map { index in
      let noise = UInt16(truncatingIfNeeded: index &* 40_503 &+ index >> 7)
      let magnitude: UInt16 =
        switch format {
        case .float16: index.isMultiple(of: 97) ? noise & 0x03FF : 0x1800 + noise & 0x27FF
        case .bfloat16: 0x3B00 + noise & 0x04FF
        }
      return magnitude | (noise & 0x0100) << 7
    }
    return CompactMatrix(rows: rows, columns: columns, halves: bits, format: format)
  }

  private func numbers(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { Float($0 * 7919 % 1009) / 1009 - 0.5 })
  }

  @Test(arguments: formats)
  func `all bits become the numbers that the language has for them`(_ format: HalfFormat) {
    let bits = Array(UInt16.min...UInt16.max)
    let found = format.floats(bits[...])
    for (bits, found) in zip(bits, found) {
      let expected =
        switch format {
        case .float16: Float(Float16(bitPattern: bits))
        case .bfloat16: Float(bitPattern: UInt32(bits) << 16)
        }
      #expect(found.isNaN ? expected.isNaN : found == expected)
    }
  }

  @Test(arguments: formats)
  func `products are those of the same numbers in four bytes, to the last bit`(
    _ format: HalfFormat
  ) throws {
    for (rows, columns) in [(1, 1), (17, 33), (1200, 70), (40, 1100), (600, 1300)] {
      let matrix = halves(rows, columns, format)
      for isTransposed in [false, true] {
        let half = try PackedMatrix(matrix, transposed: isTransposed)
        let whole = try PackedMatrix(matrix.expanded, transposed: isTransposed)
        #expect(half.rows == whole.rows && half.columns == whole.columns)
        #expect(half.unpacked() == whole.unpacked())
        for count in [1, 2, 13, 130] {
          let left = numbers(count, half.rows)
          #expect(try half.multiply(left) == whole.multiply(left))
          let back = numbers(count, half.columns)
          let (one, other) = (LazyTranspose(of: half), LazyTranspose(of: whole))
          #expect(try one.matrix().unpacked() == other.matrix().unpacked())
          let transposed = try one.matrix().multiply(back)
          let expected = try other.matrix().multiply(back)
          // A small transpose in four bytes is kept, and adds up as other products do.
          #expect(largestDifference(transposed.elements, expected.elements) < 1e-4)
        }
      }
    }
  }

  @Test(arguments: formats)
  func `two bytes stay two bytes`(_ format: HalfFormat) throws {
    let matrix = halves(512, 320, format)
    #expect(matrix.byteCount == 2 * 512 * 320)
    #expect(try PackedMatrix(matrix, transposed: true).byteCount == matrix.byteCount)
  }

  @Test func `matrices of one format are joined in it, others in four bytes`() {
    let (a, b) = (halves(3, 5, .bfloat16), halves(2, 5, .bfloat16))
    let other = halves(1, 5, .float16)
    let joined = CompactMatrix(joining: [a, b])
    #expect(joined.format == .bfloat16)
    #expect(joined.expanded.elements == a.expanded.elements + b.expanded.elements)
    #expect(joined[row: 4] == b[row: 1])
    let mixed = CompactMatrix(joining: [a, other])
    #expect(mixed.format == nil)
    #expect(mixed.expanded.elements == a.expanded.elements + other.expanded.elements)
    #expect(mixed[row: 3] == other[row: 0])
    #expect(CompactMatrix(joining: []).rows == 0)
  }

  @Test func `numbers come in parts of any size`() throws {
    let bytes: [UInt8] = [1, 2, 3, 4, 5, 6]
    var parts = [Array(bytes[..<2]), Array(bytes[2...])]
    #expect(try Tensors.halves(count: 3) { parts.removeFirst() } == [0x0201, 0x0403, 0x0605])
    // A part without a number is the last.
    #expect(try Tensors.halves(count: 3) { [] } == [0, 0, 0])
  }
}
