import Checkpoints
import Documents
import Tensors
import Testing

/// A safetensors file with the header as given.
func safetensorsFile(header: String, data: [UInt8] = [], length: UInt64? = nil) -> ByteSource {
  let text = Array(header.utf8)
  let length = length ?? UInt64(text.count)
  return ByteSource((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + text + data)
}

private func entry(_ name: String, _ type: String, _ shape: String, _ offsets: String) -> String {
  #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
}

private func fault(header: String, data: [UInt8] = [], length: UInt64? = nil) -> CheckpointError? {
  #expect(throws: CheckpointError.self) {
    try Safetensors.tensors(in: safetensorsFile(header: header, data: data, length: length))
  }
}

struct SafetensorsTests {
  @Test func `tensors of each real format are read`() throws {
    let header =
      "{" + #""__metadata__":{"format":"pt"},"# + entry("half", "F16", "[2]", "[0,4]") + ","
      + entry("brain", "BF16", "[1]", "[4,6]") + ","
      + entry("single", "F32", "[1,2]", "[6,14]") + ","
      + entry("double", "F64", "[1]", "[14,22]") + ","
      + entry("count", "I64", "[]", "[22,30]") + "}"
    let data: [UInt8] =
      [0, 0x3C, 0, 0xC0] + [0xC0, 0x3F] + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]
      + [0, 0, 0, 0, 0, 0, 0xE0, 0x3F] + [1, 0, 0, 0, 0, 0, 0, 0]
    let tensors = try Safetensors.tensors(in: safetensorsFile(header: header, data: data))
    #expect(tensors.names == ["brain", "count", "double", "half", "single"])
    #expect(try tensors.vector("half", count: 2) == [1, -2])
    #expect(try tensors.vector("brain", count: 1) == [1.5])
    #expect(try tensors.vector("double", count: 1) == [0.5])
    let single = try tensors.matrix("single", rows: 1, columns: 2)
    #expect(single.elements == [1, 2])
    #expect(tensors.shape(of: "count") == [])
  }

  @Test func `integers are no weights`() throws {
    let header = "{" + entry("count", "I64", "[1]", "[0,8]") + "}"
    let file = safetensorsFile(header: header, data: [UInt8](repeating: 0, count: 8))
    let tensors = try Safetensors.tensors(in: file)
    #expect(throws: CheckpointError.unsupportedNumbers(tensor: "count", format: "I64")) {
      try tensors.vector("count", count: 1)
    }
  }

  @Test func `a tensor larger than a chunk arrives whole`() throws {
    let count = 700_001
    let header = "{" + entry("x", "F16", "[\(count)]", "[0,\(2 * count)]") + "}"
    var data = [UInt8](repeating: 0, count: 2 * count)
    data[2 * count - 1] = 0x3C
    let values = try Safetensors.tensors(in: safetensorsFile(header: header, data: data))
      .vector("x", count: count)
    #expect(values.count == count)
    #expect(values.last == 1)
    #expect(values.dropLast().allSatisfy { $0 == 0 })
  }

  @Test func `each lie of a header is named`() {
    #expect(fault(header: "{}", length: 3) == .cutShort(needed: 11, found: 10))
    #expect(
      fault(header: "{}", length: .max)
        == .safetensors(.headerTooLong(bytes: .max, limit: Safetensors.headerLimit)))
    #expect(fault(header: "[]") == .safetensors(.headerIsNoObject))
    #expect(fault(header: "{") == .json(.endedEarly, offset: 1))
    #expect(fault(header: #"{"a":1}"#) == .safetensors(.malformedEntry(tensor: "a")))
    #expect(
      fault(header: "{" + entry("a", "F32", "[1.5]", "[0,4]") + "}")
        == .safetensors(.malformedEntry(tensor: "a")))
    #expect(
      fault(header: "{" + entry("a", "X9", "[1]", "[0,4]") + "}")
        == .unsupportedNumbers(tensor: "a", format: "X9"))
    #expect(
      fault(header: "{" + entry("a", "F32", "[1]", "[4,0]") + "}")
        == .safetensors(.badOffsets(tensor: "a", begin: 4, end: 0)))
    #expect(
      fault(header: "{" + entry("a", "F32", "[1]", "[-4,0]") + "}")
        == .safetensors(.badOffsets(tensor: "a", begin: -4, end: 0)))
  }

  @Test func `a tensor has to fit its shape and the file`() {
    let four: [UInt8] = [0, 0, 0, 0]
    #expect(
      fault(header: "{" + entry("a", "F32", "[2]", "[0,4]") + "}", data: four)
        == .safetensors(.sizeDiffers(tensor: "a", shape: [2], format: "F32", bytes: 4)))
    let huge = "[4611686018427387904,4]"
    #expect(
      fault(header: "{" + entry("a", "F32", huge, "[0,4]") + "}", data: four)
        == .safetensors(
          .sizeDiffers(tensor: "a", shape: [1 << 62, 4], format: "F32", bytes: 4)))
    let header = "{" + entry("a", "F32", "[2]", "[0,8]") + "}"
    #expect(
      fault(header: header, data: four)
        == .cutShort(needed: 8 + header.utf8.count + 8, found: 8 + header.utf8.count + 4))
    let largest = "[9223372036854775803,9223372036854775807]"
    #expect(fault(header: "{" + entry("a", "F32", "[1]", largest) + "}", data: four) != nil)
    let wide = "[-9223372036854775808,9223372036854775807]"
    #expect(fault(header: "{" + entry("a", "F32", "[1]", wide) + "}", data: four) != nil)
    let many = "[0,9223372036854775807]"
    #expect(fault(header: "{" + entry("a", "F32", "[1]", many) + "}", data: four) != nil)
  }

  @Test func `tensors share no byte and no name`() {
    let data = [UInt8](repeating: 0, count: 12)
    let a = entry("a", "F32", "[2]", "[0,8]")
    #expect(
      fault(header: "{\(a)," + entry("b", "F32", "[2]", "[4,12]") + "}", data: data)
        == .safetensors(.overlap(tensor: "a", with: "b")))
    #expect(
      fault(header: "{\(a)," + entry("a", "F32", "[1]", "[8,12]") + "}", data: data)
        == .safetensors(.duplicate(tensor: "a")))
  }

  @Test func `a file shorter than its first number is cut short`() {
    #expect(throws: CheckpointError.cutShort(needed: 8, found: 3)) {
      try Safetensors.tensors(in: ByteSource([1, 2, 3]))
    }
  }
}
