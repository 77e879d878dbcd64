internal import Documents
internal import Tensors

/// The safetensors format: a length, a JSON header with each tensor's location, and the numbers.
///
/// The header is not trusted: each tensor has to lie within the file, be as long as its shape
/// requires, and overlap no other tensor.
/// Source: github.com/huggingface/safetensors, "Format".
public enum Safetensors {
  /// The longest header that is read, in bytes; real ones have about a hundred per tensor.
  public static let headerLimit = 16 << 20

  /// Whether a file starts like this format: an eight-byte length below 2^56, then an object.
  /// - Parameter start: the first bytes of the file.
  package static func isOne(start: [UInt8]) -> Bool {
    start.count > 8 && start[8] == UInt8(ascii: "{") && start[7] == 0
  }

  /// The tensors of a file; each is read on demand.
  /// - Throws: `CheckpointError.safetensors`, `.json`, `.cutShort`.
  public static func tensors(in source: ByteSource) throws -> NamedTensors {
    let length = try headerLength(of: source)
    let dataStart = 8 + length
    let header = try JSON.read(try source.read(8..<dataStart))
    guard case .object(let members) = header else {
      throw CheckpointError.safetensors(.headerIsNoObject)
    }
    var stored: [String: StoredTensor] = [:]
    for member in members where member.key != "__metadata__" {
      guard stored[member.key] == nil else {
        throw CheckpointError.safetensors(.duplicate(tensor: member.key))
      }
      stored[member.key] = try tensor(member, in: source, from: dataStart)
    }
    try refuseOverlaps(stored)
    return NamedTensors(stored: stored)
  }

  private static func headerLength(of source: ByteSource) throws -> Int {
    let length = try source.read(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(headerLimit) else {
      throw CheckpointError.safetensors(.headerTooLong(bytes: length, limit: headerLimit))
    }
    guard Int(length) <= source.count - 8 else {
      throw CheckpointError.cutShort(needed: Int(length) + 8, found: source.count)
    }
    return Int(length)
  }

  private static func tensor(
    _ member: JSON.Member, in source: ByteSource, from dataStart: Int
  ) throws -> StoredTensor {
    let name = member.key
    let malformed = CheckpointError.safetensors(.malformedEntry(tensor: name))
    guard case .string(let type)? = member.value["dtype"],
      let shape = integers(member.value["shape"]),
      let offsets = integers(member.value["data_offsets"]), offsets.count == 2
    else { throw malformed }
    guard let bits = bitsPerNumber[type] else {
      throw CheckpointError.unsupportedNumbers(tensor: name, format: type)
    }
    let (begin, end) = (offsets[0], offsets[1])
    guard 0 <= begin, begin <= end else {
      throw CheckpointError.safetensors(.badOffsets(tensor: name, begin: begin, end: end))
    }
    let (needed, overflow) = dataStart.addingReportingOverflow(end)
    guard !overflow, needed <= source.count else {
      throw CheckpointError.cutShort(needed: overflow ? .max : needed, found: source.count)
    }
    // Neither product overflows: the first is checked, and the second is of a length within the
    // file.
    guard let expectedBits = elementCount(of: shape + [bits]), expectedBits == 8 * (end - begin)
    else {
      throw CheckpointError.safetensors(
        .sizeDiffers(tensor: name, shape: shape, format: type, bytes: end - begin))
    }
    return StoredTensor(
      shape: shape, numbers: NumberFormat(rawValue: type).map { .real($0) } ?? .other(type),
      source: source, bytes: dataStart + begin..<dataStart + end)
  }

  private static func integers(_ json: JSON?) -> [Int]? {
    guard case .array(let elements)? = json else { return nil }
    var result: [Int] = []
    for element in elements {
      guard case .integer(let whole) = element else { return nil }
      result.append(whole)
    }
    return result
  }

  private static func refuseOverlaps(_ stored: [String: StoredTensor]) throws {
    let inOrder = stored.filter { !$0.value.bytes.isEmpty }.sorted {
      $0.value.bytes.lowerBound < $1.value.bytes.lowerBound
    }
    for (first, second) in zip(inOrder, inOrder.dropFirst())
    where first.value.bytes.upperBound > second.value.bytes.lowerBound {
      throw CheckpointError.safetensors(.overlap(tensor: first.key, with: second.key))
    }
  }

  private static let bitsPerNumber = [
    "BOOL": 8, "U8": 8, "I8": 8, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8,
    "U16": 16, "I16": 16, "F16": 16, "BF16": 16,
    "U32": 32, "I32": 32, "F32": 32, "U64": 64, "I64": 64, "F64": 64, "C64": 64,
  ]
}

/// Why a safetensors header is invalid.
public enum SafetensorsFault: Sendable, Equatable {
  case headerTooLong(bytes: UInt64, limit: Int)
  case headerIsNoObject
  /// An entry lacks `dtype`, `shape` or `data_offsets`, or they have the wrong type.
  case malformedEntry(tensor: String)
  case duplicate(tensor: String)
  case badOffsets(tensor: String, begin: Int, end: Int)
  /// The number of bytes between the offsets does not match the shape.
  case sizeDiffers(tensor: String, shape: [Int], format: String, bytes: Int)
  case overlap(tensor: String, with: String)
}
