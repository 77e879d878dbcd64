import Tensors
import Testing

struct NumberFormatTests {
  @Test func `each half-precision number is converted exactly`() {
    let all = (0...UInt16.max).map { $0 }
    let bytes = all.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let found = NumberFormat.float16.decode(bytes)
    let expected = all.map { Float(Float16(bitPattern: $0)) }
    #expect(found.count == expected.count)
    let wrong = zip(found, expected).filter { $0 != $1 && !($0.isNaN && $1.isNaN) }
    #expect(wrong.isEmpty)
    // == can't tell the zeros apart.
    #expect(found[0x8000].sign == .minus)
  }

  @Test func `the wider formats keep what a Float can hold`() {
    #expect(NumberFormat.bfloat16.decode([0xC0, 0x3F, 0x80, 0xFF]) == [1.5, -.infinity])
    #expect(NumberFormat.float32.decode([0, 0, 0x20, 0xC0]) == [-2.5])
    #expect(NumberFormat.float64.decode([0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F]) == [0.1])
  }

  @Test func `bytes that make up no whole number are left out`() {
    #expect(NumberFormat.float32.decode([0, 0, 0x20, 0xC0, 1, 2, 3]) == [-2.5])
    #expect(NumberFormat.float16.decode([]).isEmpty)
    #expect(NumberFormat.float64.decode([1, 2]).isEmpty)
  }

  @Test(arguments: [NumberFormat.float16, .bfloat16, .float32, .float64])
  func `parts give what the whole gives`(_ format: NumberFormat) throws {
    let bytes = (0..<800).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let whole = format.decode(bytes)
    var rest = bytes[...]
    let parts = try format.decode(count: whole.count) {
      defer { rest = rest.dropFirst(48) }
      return Array(rest.prefix(48))
    }
    #expect(parts.map(\.bitPattern) == whole.map(\.bitPattern))
    // What is missing is zero.
    let short = try format.decode(count: 3) { [] }
    #expect(short == [0, 0, 0])
  }

  @Test func `an error ends the parts`() {
    #expect(throws: CancellationError.self) {
      try NumberFormat.float32.decode(count: 2) { throw CancellationError() }
    }
  }
}
