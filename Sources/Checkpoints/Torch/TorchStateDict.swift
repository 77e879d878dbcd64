/// Tensors by name, as written by `torch.save(model.state_dict())` and wrapped by training tools.
enum TorchStateDict {
  /// More than any model has.
  private static let limit = 100_000
  /// The keys under which training tools (fastai, Lightning and others) keep the weights beside
  /// their own state.
  private static let keys = [
    "model", "state_dict", "model_state_dict", "module", "net", "network", "weights",
  ]

  /// The tensors of a file, unread.
  /// - Throws: `CheckpointError`; `.torch(.noTensors)` if the file contains something else.
  static func tensors(in source: ByteSource) throws -> NamedTensors {
    let file = try TorchFile(source)
    guard let stored = try stored(in: file) else {
      throw CheckpointError.torch(.noTensors(found: file.root.summary))
    }
    return NamedTensors(stored: stored)
  }

  /// The tensors of a dictionary, of a dictionary inside it under a known key, or of a whole
  /// module; nil if the file contains something else.
  /// - Throws: `CheckpointError` if a tensor extends beyond its storage.
  static func stored(in file: TorchFile) throws -> [String: StoredTensor]? {
    let root = file.root
    for value in [root] + keys.compactMap({ root[$0] }) {
      if let stored = try stored(value, in: file) { return stored }
    }
    return root.attribute("_modules") == nil ? nil : try FastaiModule(root).tensors(in: file)
  }

  private static func stored(
    _ value: PickleValue, in file: TorchFile
  ) throws -> [String: StoredTensor]? {
    guard value.itemCount / 2 <= limit, let pairs = value.pairs else { return nil }
    var stored: [String: StoredTensor] = [:]
    for (key, value) in pairs {
      guard let name = key.text, let tensor = try file.tensor(value, name: name) else { continue }
      stored[name] = tensor
    }
    return stored.isEmpty ? nil : stored
  }
}
