/// What `torch.save(model.state_dict())` wrote: tensors by name, and nothing else that is read.
enum TorchStateDict {
  /// More than any model has.
  private static let limit = 100_000

  /// The tensors of a file, unread.
  /// - Throws: `CheckpointError`; `.torch(.noTensors)` where the file holds something else.
  static func tensors(in source: ByteSource) throws -> NamedTensors {
    let file = try TorchFile(source)
    guard let pairs = file.root.pairs, pairs.count <= limit else {
      throw CheckpointError.torch(.noTensors(found: file.root.summary))
    }
    var stored: [String: StoredTensor] = [:]
    for (key, value) in pairs {
      guard let name = key.text, let tensor = try file.tensor(value, name: name) else { continue }
      stored[name] = tensor
    }
    guard !stored.isEmpty else {
      throw CheckpointError.torch(.noTensors(found: file.root.summary))
    }
    return NamedTensors(stored: stored)
  }
}
