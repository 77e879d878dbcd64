internal import Tensors

/// Reads what `torch.save` wrote: a pickle whose tensors refer to storages outside it.
///
/// Both containers are supported: the zip file of PyTorch 1.6 and later, and the older sequence of
/// pickles followed by the storages.
struct TorchFile: Sendable {
  let pickle: Pickle
  /// By the keys in the pickle's tensors.
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

  /// `name/data.pkl`, `name/data/0`, …, `name/byteorder`, where name is the file's original name.
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

  /// - Throws: `CheckpointError.foreign` for other archives and for TorchScript programs.
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

  /// Five pickles (a magic number, a version, facts about the system, the object, the storages'
  /// keys), then for each storage its length in eight bytes and its contents.
  private static func readSequence(_ source: ByteSource) throws -> Parts {
    // The storages make up most of the file and should not be in memory twice, so the pickles are
    // read from ever larger parts of the file.
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

  /// - Parameter size: the part of the file that should contain all five pickles.
  private static func readSequence(_ source: ByteSource, first size: Int) throws -> Parts {
    let bytes = try source.read(0..<size)
    // Every pickle starts with a protocol or, in protocols 0 and 1, with an opcode.
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

  /// The bytes per number of each storage, which the sequence itself does not give.
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

  /// The tensor that a value describes, unread; nil if it is not a tensor.
  /// - Throws: `CheckpointError` if the tensor extends beyond its storage or repeats its numbers.
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

/// Why a PyTorch file cannot be used, apart from its container.
public enum TorchFault: Sendable, Equatable {
  /// Written on a big-endian machine.
  case bigEndian
  case malformedStorage
  case missingStorage(tensor: String, key: String)
  case outsideStorage(tensor: String, shape: [Int], bytes: Int)
  /// With this tensor, those read have more bytes than the file: they are views of the same bytes.
  case sharedStorage(tensor: String)
  /// The file does not contain tensors by name.
  case noTensors(found: String)
}
