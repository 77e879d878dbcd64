/// The uncompressed entries of a zip file, as PyTorch writes it.
///
/// Nothing is extracted: entries are looked up by name, and a name never becomes a path.
/// Source: PKWARE's APPNOTE.TXT 6.3.10; comments give its sections.
package struct ZipArchive: Sendable {
  package struct Entry: Sendable {
    package let name: String
    /// The range of the entry's bytes in the file.
    package let bytes: Range<Int>
    package let checksum: UInt32
  }

  static let entryLimit = 100_000

  /// By name.
  package let entries: [String: Entry]

  /// - Throws: `CheckpointError.zip`, and errors of reading the source.
  package init(_ source: ByteSource) throws {
    let directory = try Self.directory(of: source)
    var reader = ZipRecord(try source.read(directory.bytes))
    var entries: [String: Entry] = [:]
    for _ in 0..<directory.count {
      let entry = try Self.entry(&reader, in: source, before: directory.bytes.lowerBound)
      guard entries.updateValue(entry, forKey: entry.name) == nil else {
        throw CheckpointError.zip(.duplicate(entry: entry.name))
      }
    }
    try Self.refuseOverlaps(entries)
    self.entries = entries
  }

  /// The names of all entries, compressed or not.
  /// - Throws: see `init`.
  static func names(in source: ByteSource) throws -> [String] {
    let directory = try directory(of: source)
    var reader = ZipRecord(try source.read(directory.bytes))
    return try (0..<directory.count).map { _ in try Header(&reader).name }
  }

  /// 4.3.16: the end record is at the end, before a comment of up to 65,535 bytes.
  private static func directory(of source: ByteSource) throws -> (bytes: Range<Int>, count: Int) {
    let endSize = 22
    let tailStart = max(0, source.count - endSize - 0xFFFF)
    let tail = try source.read(tailStart..<source.count)
    let signature: [UInt8] = [0x50, 0x4B, 5, 6]
    guard tail.count >= endSize,
      let place = (0...tail.count - endSize).last(where: {
        tail[$0..<$0 + 4].elementsEqual(signature)
      })
    else { throw CheckpointError.zip(.noDirectory) }
    var end = ZipRecord(Array(tail[(place + 10)...]))
    var count = try end.number(2)
    var size = try end.number(4)
    var offset = try end.number(4)
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      (count, size, offset) = try zip64Directory(of: source, end: tailStart + place)
    }
    guard count <= UInt64(entryLimit) else {
      throw CheckpointError.zip(.tooManyEntries(count, limit: entryLimit))
    }
    let (limit, overflow) = offset.addingReportingOverflow(size)
    guard !overflow, limit <= UInt64(tailStart + place) else {
      throw CheckpointError.zip(.directoryOutside)
    }
    return (Int(offset)..<Int(limit), Int(count))
  }

  /// 4.3.15 and 4.3.14: a locator before the end record gives the position of the 64-bit record.
  private static func zip64Directory(
    of source: ByteSource, end: Int
  ) throws -> (count: UInt64, size: UInt64, offset: UInt64) {
    guard end >= 20 else { throw CheckpointError.zip(.noDirectory) }
    var locator = ZipRecord(try source.read(end - 20..<end))
    guard try locator.number(4) == 0x0706_4B50 else { throw CheckpointError.zip(.noDirectory) }
    try locator.skip(4)
    let place = try locator.number(8)
    guard place <= UInt64(end) - 20, UInt64(end) - 20 - place >= 56 else {
      throw CheckpointError.zip(.directoryOutside)
    }
    var record = ZipRecord(try source.read(Int(place)..<Int(place) + 56))
    guard try record.number(4) == 0x0606_4B50 else { throw CheckpointError.zip(.noDirectory) }
    try record.skip(28)
    let count = try record.number(8)
    return (count, try record.number(8), try record.number(8))
  }

  /// 4.3.12: an entry of the directory.
  private struct Header {
    let name: String
    let flags: UInt64
    let method: UInt64
    let checksum: UInt32
    let packedSize: UInt64
    let plainSize: UInt64
    let offset: UInt64

    init(_ reader: inout ZipRecord) throws {
      guard try reader.number(4) == 0x0201_4B50 else { throw CheckpointError.zip(.badDirectory) }
      try reader.skip(4)
      flags = try reader.number(2)
      method = try reader.number(2)
      try reader.skip(4)
      checksum = UInt32(truncatingIfNeeded: try reader.number(4))
      var sizes = (packed: try reader.number(4), plain: try reader.number(4))
      let nameLength = try reader.number(2)
      let extraLength = try reader.number(2)
      let commentLength = try reader.number(2)
      try reader.skip(8)
      var offset = try reader.number(4)
      name = String(decoding: try reader.bytes(nameLength), as: UTF8.self)
      var extra = ZipRecord(try reader.bytes(extraLength))
      try reader.skip(commentLength)
      try extra.widen(&sizes.plain, &sizes.packed, &offset)
      (packedSize, plainSize, self.offset) = (sizes.packed, sizes.plain, offset)
    }
  }

  private static func entry(
    _ reader: inout ZipRecord, in source: ByteSource, before limit: Int
  ) throws -> Entry {
    let header = try Header(&reader)
    guard header.method == 0, header.flags & 1 == 0, header.packedSize == header.plainSize else {
      throw CheckpointError.zip(.notStored(entry: header.name, method: Int(header.method)))
    }
    let start = try dataStart(of: header.name, at: header.offset, in: source, before: limit)
    guard header.plainSize <= UInt64(limit - start) else {
      throw CheckpointError.zip(.entryOutside(entry: header.name))
    }
    return Entry(
      name: header.name, bytes: start..<start + Int(header.plainSize), checksum: header.checksum)
  }

  /// 4.3.7: the local header has a name and extra fields of its own lengths; the bytes follow.
  private static func dataStart(
    of name: String, at offset: UInt64, in source: ByteSource, before limit: Int
  ) throws -> Int {
    let outside = CheckpointError.zip(.entryOutside(entry: name))
    guard limit >= 30, offset <= UInt64(limit - 30) else { throw outside }
    var header = ZipRecord(try source.read(Int(offset)..<Int(offset) + 30))
    guard try header.number(4) == 0x0403_4B50 else { throw outside }
    try header.skip(22)
    let lengths = (name: Int(try header.number(2)), extra: Int(try header.number(2)))
    let start = Int(offset) + 30 + lengths.name + lengths.extra
    guard start <= limit else { throw outside }
    return start
  }

  private static func refuseOverlaps(_ entries: [String: Entry]) throws {
    let inOrder = entries.values.filter { !$0.bytes.isEmpty }.sorted {
      $0.bytes.lowerBound < $1.bytes.lowerBound
    }
    for (first, second) in zip(inOrder, inOrder.dropFirst())
    where first.bytes.upperBound > second.bytes.lowerBound {
      throw CheckpointError.zip(.overlap(entry: first.name, with: second.name))
    }
  }
}

/// Reads the fields of a zip record in order.
private struct ZipRecord {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func number(_ size: UInt64) throws -> UInt64 {
    try bytes(size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
  }

  mutating func skip(_ count: UInt64) throws { _ = try bytes(count) }

  mutating func bytes(_ count: UInt64) throws -> [UInt8] {
    guard count <= UInt64(bytes.count - position) else {
      throw CheckpointError.zip(.badDirectory)
    }
    defer { position += Int(count) }
    return Array(bytes[position..<position + Int(count)])
  }

  /// 4.5.3: sizes and offsets beyond 32 bits are in extra field 1.
  mutating func widen(
    _ plain: inout UInt64, _ packed: inout UInt64, _ offset: inout UInt64
  ) throws {
    while bytes.count - position >= 4 {
      let kind = try number(2)
      var field = ZipRecord(try bytes(try number(2)))
      guard kind == 1 else { continue }
      if plain == 0xFFFF_FFFF { plain = try field.number(8) }
      if packed == 0xFFFF_FFFF { packed = try field.number(8) }
      if offset == 0xFFFF_FFFF { offset = try field.number(8) }
    }
  }
}

/// Why a zip file cannot be read.
public enum ZipFault: Sendable, Equatable {
  /// There is no directory at the end: the file was cut short or is not a zip file.
  case noDirectory
  case badDirectory
  case directoryOutside
  case tooManyEntries(UInt64, limit: Int)
  case entryOutside(entry: String)
  case duplicate(entry: String)
  case overlap(entry: String, with: String)
  /// Compressed or encrypted, which PyTorch's entries never are.
  case notStored(entry: String, method: Int)
  case missing(entry: String)
  case wrongChecksum(entry: String)
}
