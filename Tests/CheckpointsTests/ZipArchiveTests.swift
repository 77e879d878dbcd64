import Checkpoints
import Testing

/// A zip file in parts, so that each may lie.
private struct ZipFile {
  struct Entry {
    var name: String
    var data: [UInt8]
    var method: UInt64 = 0
    /// Where the directory says that the entry is; nil tells the truth.
    var offset: UInt64?
    var size: UInt64?
  }

  var entries: [Entry]
  var directoryOffset: UInt64?
  var count: UInt64?

  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = UInt64(file.count)
      var checksum = Checksum()
      checksum.add(entry.data)
      let sum = little(UInt64(checksum.value), 4)
      let size = little(entry.size ?? UInt64(entry.data.count), 4)
      let name = Array(entry.name.utf8)
      let shared = little(entry.method, 2) + little(0, 4) + sum + size + size
      let lengths = little(UInt64(name.count), 2) + little(0, 2)
      file += little(0x0403_4B50, 4) + little(20, 2) + little(0, 2) + shared + lengths + name
      file += entry.data
      directory += little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + little(0, 2) + shared
      directory += lengths + little(0, 10) + little(entry.offset ?? offset, 4) + name
    }
    let place = directoryOffset ?? UInt64(file.count)
    let count = little(count ?? UInt64(entries.count), 2)
    let end = little(0x0605_4B50, 4) + little(0, 4) + count + count
    return file + directory + end + little(UInt64(directory.count), 4) + little(place, 4)
      + little(0, 2)
  }

  private func little(_ value: UInt64, _ size: Int) -> [UInt8] {
    (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}

private func fault(_ file: ZipFile) -> CheckpointError? {
  #expect(throws: CheckpointError.self) { try ZipArchive(ByteSource(file.bytes)) }
}

struct ZipArchiveTests {
  private let file = ZipFile(entries: [
    .init(name: "a/data.pkl", data: [1, 2, 3]), .init(name: "a/data/0", data: [4, 5]),
  ])

  @Test func `entries are found where they are`() throws {
    let archive = try ZipArchive(ByteSource(file.bytes))
    #expect(archive.entries.count == 2)
    let entry = try #require(archive.entries["a/data/0"])
    #expect(Array(file.bytes[entry.bytes]) == [4, 5])
  }

  @Test func `the checksum is CRC-32`() {
    var checksum = Checksum()
    checksum.add(Array("1234".utf8))
    checksum.add(Array("56789".utf8))
    #expect(checksum.value == 0xCBF4_3926)  // the check value of the algorithm's catalogue
  }

  @Test func `each lie of a directory is named`() {
    var lie = file
    lie.entries[1].offset = 1 << 31
    #expect(fault(lie) == .zip(.entryOutside(entry: "a/data/0")))
    lie = file
    lie.entries[1].size = 1 << 20
    #expect(fault(lie) == .zip(.entryOutside(entry: "a/data/0")))
    lie = file
    lie.entries[1].offset = 5
    #expect(fault(lie) == .zip(.entryOutside(entry: "a/data/0")))
    lie = file
    lie.entries[1].method = 8
    #expect(fault(lie) == .zip(.notStored(entry: "a/data/0", method: 8)))
    lie = file
    lie.entries[1].name = "a/data.pkl"
    #expect(fault(lie) == .zip(.duplicate(entry: "a/data.pkl")))
    lie = file
    lie.entries[1].offset = 0
    #expect(
      fault(lie) == .zip(.overlap(entry: "a/data.pkl", with: "a/data/0"))
        || fault(lie) == .zip(.overlap(entry: "a/data/0", with: "a/data.pkl")))
    lie = file
    lie.directoryOffset = 1 << 30
    #expect(fault(lie) == .zip(.directoryOutside))
    lie = file
    lie.count = 3
    #expect(fault(lie) == .zip(.badDirectory))
  }

  @Test func `a file without its end is no zip file`() {
    let bytes = file.bytes
    for count in [0, 1, 21, 40, bytes.count - 1] {
      #expect(throws: CheckpointError.zip(.noDirectory)) {
        try ZipArchive(ByteSource(Array(bytes.prefix(count))))
      }
    }
  }
}
