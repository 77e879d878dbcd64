internal import Tensors

/// What `torch.save` wrote: a pickle whose tensors refer to storages outside of it.
///
/// Both containers are read: the zip file of PyTorch 1.6 and later, and the older sequence of
/// pickles with the storages behind them.
struct TorchFile: Sendable {
  let pickle: Pickle
  /// By the keys that the pickle's tensors name.
  private let storages: [String: Storage]

  private struct Storage: Sendable {
    let source: ByteSource
    let bytes: Range<Int>
    let checksum: ExpectedChecksum?
  }

  var root: PickleValue { pickle.root }

  /// - Throws: `CheckpointError`.
  init(_ source: ByteSource) throws {
    let start = try source.read(0..<min(2, source.count))
    if start == [0x50, 0x4B] {
      (pickle, storages) = try Self.readZip(source)
    } else {
      (pickle, storages) = try Self.readSequence(source)
    }
  }

  private typealias Parts = (Pickle, [String: Storage])

  // MARK: - The zip container

  /// `name/data.pkl`, `name/data/0`, …, `name/byteorder`; the name is what the file was called.
  private static func readZip(_ source: ByteSource) throws -> Parts {
    let archive = try archive(source)
    let candidates = archive.entries.keys.filter { $0.hasSuffix("/data.pkl") }
    guard let name = candidates.min(by: { $0.utf8.count < $1.utf8.count }),
      let entry = archive.entries[name]
    else { throw CheckpointError.zip(.missing(entry: "data.pkl")) }
    let folder = name.dropLast("data.pkl".count)
    if let order = archive.entries[folder + "byteorder"],
      try source.read(order.bytes).starts(with: Array("big".utf8))
    {
      throw CheckpointError.torch(.bigEndian)
    }
    let bytes = try source.read(entry.bytes)
    var checksum = Checksum()
    checksum.add(bytes)
    guard checksum.value == entry.checksum else {
      throw CheckpointError.zip(.wrongChecksum(entry: name))
    }
    var storages: [String: Storage] = [:]
    let prefix = folder + "data/"
    for entry in archive.entries.values where entry.name.hasPrefix(prefix) {
      storages[String(entry.name.dropFirst(prefix.count))] = Storage(
        source: source, bytes: entry.bytes,
        checksum: ExpectedChecksum(entry: entry.name, value: entry.checksum))
    }
    return (try Pickle(bytes), storages)
  }

  /// - Throws: `CheckpointError.foreign` for other archives, and programs of TorchScript.
  private static func archive(_ source: ByteSource) throws -> ZipArchive {
    func refuseForeign(_ names: some Collection<String>) throws {
      if let foreign = ForeignModel(archive: names) { throw CheckpointError.foreign(foreign) }
    }
    do {
      let archive = try ZipArchive(source)
      try refuseForeign(archive.entries.keys)
      return archive
    } catch CheckpointError.zip(.notStored(let entry, let method)) {
      try refuseForeign(try ZipArchive.names(in: source))
      throw CheckpointError.zip(.notStored(entry: entry, method: method))
    }
  }

  // MARK: - The sequence of pickles

  /// A magic number, a version, facts about the system, the object, the storages' keys: five
  /// pickles; then each storage's length as a number of eight bytes and its bytes.
  private static func readSequence(_ source: ByteSource) throws -> Parts {
    // The storages make up most of the file, and are not to lie in memory twice: what comes before
    // them is looked for in ever larger parts.
    var size = 1 << 20
    while size < min(source.count, Unpickler.lengthLimit) {
      do {
        return try readSequence(source, first: size)
      } catch CheckpointError.pickle(.endedEarly, _) {
        size *= 8
      }
    }
    return try readSequence(source, first: min(source.count, Unpickler.lengthLimit))
  }

  /// - Parameter size: of the part in which all five pickles are expected.
  private static func readSequence(_ source: ByteSource, first size: Int) throws -> Parts {
    let bytes = try source.read(0..<size)
    // All that can be a pickle begins with a protocol or, in protocol 0 and 1, an opcode.
    let magic = try Pickle(bytes)
    guard case .hugeInteger? = magic.nodes.last, magic.nodes.count == 1 else {
      return (magic, [:])
    }
    let version = try Pickle(bytes, from: magic.end)
    let system = try Pickle(bytes, from: version.end)
    let object = try Pickle(bytes, from: system.end)
    let keys = try Pickle(bytes, from: object.end)
    if system.root["little_endian"]?.flag == false { throw CheckpointError.torch(.bigEndian) }
    let sizes = elementSizes(in: object)
    var storages: [String: Storage] = [:]
    var position = keys.end
    for key in keys.root.elements ?? [] {
      guard let key = key.text, let size = sizes[key] else {
        throw CheckpointError.torch(.malformedStorage)
      }
      let count = try source.read(position..<position + 8).reversed()
        .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      position += 8
      let (length, overflow) = count.multipliedReportingOverflow(by: UInt64(size))
      guard !overflow, length <= UInt64(source.count - position) else {
        throw CheckpointError.cutShort(
          needed: overflow || length > UInt64(Int.max / 2) ? .max : position + Int(length),
          found: source.count)
      }
      storages[key] = Storage(
        source: source, bytes: position..<position + Int(length), checksum: nil)
      position += Int(length)
    }
    return (object, storages)
  }

  /// The bytes of a number of each storage: the sequence alone does not say.
  private static func elementSizes(in pickle: Pickle) -> [String: Int] {
    var sizes: [String: Int] = [:]
    for index in pickle.nodes.indices {
      let value = PickleValue(pickle: pickle, id: Pickle.ID(index))
      guard let storage = value.persistent.flatMap(TorchStorage.init) else { continue }
      sizes[storage.key] = storage.numbers.size
    }
    return sizes
  }

  // MARK: - Tensors

  /// The tensor that a value would have become, unread; nil where it is none.
  /// - Throws: `CheckpointError` where it is one that lies outside of its storage, or repeats its numbers.
  func tensor(_ value: PickleValue, name: String) throws -> StoredTensor? {
    guard let parts = TorchTensor(value) else { return nil }
    guard let storage = storages[parts.storage.key] else {
      throw CheckpointError.torch(.missingStorage(tensor: name, key: parts.storage.key))
    }
    let extent = parts.isContiguous ? elementCount(of: parts.shape) : parts.extent
    guard parts.isContiguous || extent != nil else {
      throw CheckpointError.repeatedNumbers(tensor: name)
    }
    let size = parts.storage.numbers.size
    let (start, startOverflow) = parts.offset.multipliedReportingOverflow(by: size)
    guard let length = extent.flatMap({ elementCount(of: [$0, size]) }), !startOverflow, start >= 0,
      start <= storage.bytes.count, length <= storage.bytes.count - start
    else {
      throw CheckpointError.torch(
        .outsideStorage(tensor: name, shape: parts.shape, bytes: storage.bytes.count))
    }
    let first = storage.bytes.lowerBound + start
    let isWhole = length == storage.bytes.count
    return StoredTensor(
      shape: parts.shape, numbers: parts.storage.numbers.stored, source: storage.source,
      bytes: first..<first + length, strides: parts.isContiguous ? nil : parts.strides,
      checksum: isWhole ? storage.checksum : nil)
  }
}

/// What is wrong with a PyTorch file beyond its container.
public enum TorchFault: Sendable, Equatable {
  /// Written on a machine with another order of bytes.
  case bigEndian
  case malformedStorage
  case missingStorage(tensor: String, key: String)
  case outsideStorage(tensor: String, shape: [Int], bytes: Int)
  /// With this one, the tensors that were read have more bytes than the file: views of the same ones.
  case sharedStorage(tensor: String)
  /// Not a dictionary of tensors by name.
  case noTensors(found: String)
}
