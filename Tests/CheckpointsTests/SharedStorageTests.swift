import Checkpoints
import Testing

/// PyTorch's older container, written by hand: tensors that are all views of the first storage.
private struct SharedStorage {
  let tensors: Int
  /// Numbers in the storage, and in each tensor.
  let count: Int

  var bytes: [UInt8] {
    pickle([0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19])
      + pickle([0x4D, 0xE9, 3]) + pickle(Array("}".utf8)) + pickle(object)
      + pickle(Array("](".utf8) + text("0") + Array("e".utf8))
      + little(count, 8) + [UInt8](repeating: 0, count: 4 * count)
  }

  private var object: [UInt8] {
    let views = (0..<tensors).flatMap { text("tensor \($0)") + view }
    return Array("}(".utf8) + views + Array("u".utf8)
  }

  private var view: [UInt8] {
    let storage =
      Array("(".utf8) + text("storage") + Array("ctorch\nFloatStorage\n".utf8) + text("0")
      + text("cpu") + Array("J".utf8) + little(count, 4) + Array("tQ".utf8)
    return Array("ctorch._utils\n_rebuild_tensor_v2\n(".utf8) + storage
      + Array("K\0J".utf8) + little(count, 4) + [0x85]
      + Array("K\u{1}".utf8) + [0x85, 0x89] + Array("}tR".utf8)
  }

  private func pickle(_ body: [UInt8]) -> [UInt8] { [0x80, 2] + body + Array(".".utf8) }

  private func text(_ text: String) -> [UInt8] {
    Array("X".utf8) + little(text.utf8.count, 4) + Array(text.utf8)
  }

  private func little(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

struct SharedStorageTests {
  private func tensors(_ file: ByteSource) throws -> NamedTensors {
    let config = #"{"model_type": "bert", "architectures": ["BertForSequenceClassification"]}"#
    let files = ModelFiles([
      "config.json": ByteSource(Array(config.utf8)), "pytorch_model.bin": file,
    ])
    return try HuggingFaceFolder.read(files, supported: ["bert"]).tensors
  }

  @Test func `a tensor that stands twice is read twice`() throws {
    let tensors = try tensors(ByteSource(SharedStorage(tensors: 2, count: 1000).bytes))
    for name in tensors.names { #expect(try tensors.vector(name, count: 1000).count == 1000) }
    #expect(tensors.names.count == 2)
  }

  /// A model of any size could be made of one megabyte.
  @Test func `a storage does not make a model that is many times its size`() throws {
    let count = 1 << 18
    let tensors = try tensors(ByteSource(SharedStorage(tensors: 50, count: count).bytes))
    var read = 0
    #expect {
      for name in tensors.names { read += try tensors.vector(name, count: count).count }
    } throws: { error in
      guard case .torch(.sharedStorage)? = error as? CheckpointError else { return false }
      return true
    }
    #expect(read <= 33 * count)
  }

  /// The older container has no directory; reading all of it to find the weights kept them twice.
  @Test func `the storages are not read before a tensor is asked for`() throws {
    let bytes = SharedStorage(tensors: 1, count: 1 << 20).bytes
    let source = ByteSource(count: bytes.count) { part in
      guard part.upperBound < bytes.count else { throw CheckpointError.unreadable(code: 5) }
      return Array(bytes[part])
    }
    let tensors = try tensors(source)
    #expect(tensors.shape(of: "tensor 0") == [1 << 20])
    #expect(throws: CheckpointError.unreadable(code: 5)) {
      try tensors.vector("tensor 0", count: 1 << 20)
    }
  }
}
