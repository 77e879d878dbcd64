import Checkpoints
import Tensors
import Testing

struct HalfTensorTests {
  /// A file with one tensor of the shape `[2, 3]`.
  private func tensors(_ type: String, _ bits: [UInt16]) throws -> NamedTensors {
    let header = Array(
      #"{"w": {"dtype": "\#(type)", "shape": [2, 3], "data_offsets": [0, 12]}}"#.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    let numbers = bits.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    return try Safetensors.tensors(in: ByteSource(length + header + numbers))
  }

  @Test(arguments: [("BF16", HalfFormat.bfloat16), ("F16", .float16)])
  func `numbers of two bytes stay so, and are those that are read as floats`(
    type: String, format: HalfFormat
  ) throws {
    let bits: [UInt16] = [0x3F80, 0xBF00, 0x0001, 0x3C00, 0x8000, 0x4049]
    let tensors = try tensors(type, bits)
    let compact = try tensors.compactMatrix("w", rows: 2, columns: 3)
    #expect(compact.format == format && compact.byteCount == 12)
    #expect(try compact.expanded == tensors.matrix("w", rows: 2, columns: 3))
    #expect(tensors.notFinite.isEmpty)
  }

  @Test(arguments: [("BF16", [0x7F80, 0x7FC1, 0xFF80]), ("F16", [0x7C00, 0x7E01, 0xFC00])])
  func `what is no number is counted without being widened`(
    type: String, broken: [UInt16]
  ) throws {
    let tensors = try tensors(type, broken + [0x3F80, 0x3C00, 0])
    _ = try tensors.compactMatrix("w", rows: 2, columns: 3)
    #expect(tensors.notFinite == [.notFinite(tensor: "w", count: 3)])
  }

  @Test func `a half matrix of another shape is refused`() throws {
    let tensors = try tensors("BF16", [0, 0, 0, 0, 0, 0])
    #expect(throws: CheckpointError.wrongShape(tensor: "w", expected: [3, 2], found: [2, 3])) {
      try tensors.compactMatrix("w", rows: 3, columns: 2)
    }
    #expect(throws: CheckpointError.missingTensor(name: "v")) {
      try tensors.compactMatrix("v", rows: 2, columns: 3)
    }
  }

  @Test func `floats come in four bytes`() throws {
    let entry = NamedTensors.Entry(shape: [1, 2], values: [1, 2])
    let compact = try NamedTensors(["w": entry]).compactMatrix("w", rows: 1, columns: 2)
    #expect(compact.format == nil && compact.expanded.elements == [1, 2])
  }
}
