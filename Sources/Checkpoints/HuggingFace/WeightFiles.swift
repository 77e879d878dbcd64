internal import Documents

/// The files in which transformers saves weights: one, or several with an index.
enum WeightFiles {
  private static let safetensors = "model.safetensors"
  private static let pickled = "pytorch_model.bin"
  private static let indexSuffix = ".index.json"
  private static let indexLimit = 64 << 20
  private static let shardLimit = 10_000

  /// In the order in which transformers looks for them.
  private static var candidates: [String] {
    [safetensors, safetensors + indexSuffix, pickled, pickled + indexSuffix]
  }

  /// - Throws: `CheckpointError`.
  static func tensors(in files: ModelFiles) throws -> NamedTensors {
    guard let name = candidates.first(where: files.contains) else {
      throw CheckpointError.huggingFace(.noWeights(expected: candidates))
    }
    let tensors =
      name.hasSuffix(indexSuffix) ? try sharded(index: name, in: files) : try read(name, in: files)
    return NamedTensors(
      TensorNames.unwrappedEncoder(tensors.names).map { ($0.name, tensors, modernName($0.own)) })
  }

  /// Checkpoints from before 2019 use TensorFlow's names for the scale and shift of a
  /// normalisation.
  private static func modernName(_ name: String) -> String {
    if name.hasSuffix("LayerNorm.gamma") { return name.dropLast("gamma".count) + "weight" }
    if name.hasSuffix("LayerNorm.beta") { return name.dropLast("beta".count) + "bias" }
    return name
  }

  static func read(_ name: String, in files: ModelFiles) throws -> NamedTensors {
    try files.read(name) { source in
      let pointer = Array("version https://git-lfs".utf8)
      if source.count >= pointer.count, try source.read(0..<pointer.count) == pointer {
        throw CheckpointError.huggingFace(.filePointer)
      }
      // The index determines the shards' names, not their format.
      return name.hasSuffix(".safetensors")
        ? try Safetensors.tensors(in: source) : try TorchStateDict.tensors(in: source)
    }
  }

  private static func sharded(index: String, in files: ModelFiles) throws -> NamedTensors {
    let places = try files.read(index) { try Self.places(in: $0) }
    var shards: [String: NamedTensors] = [:]
    var chosen: [(name: String, from: NamedTensors, as: String)] = []
    for (tensor, file) in places {
      let shard = try shards[file] ?? read(file, in: files)
      shards[file] = shard
      guard shard.shape(of: tensor) != nil else {
        throw CheckpointError.inFile(
          name: index, .huggingFace(.notInShard(tensor: tensor, file: file)))
      }
      chosen.append((tensor, shard, tensor))
    }
    return NamedTensors(chosen)
  }

  /// The file of each tensor, by `weight_map`.
  private static func places(in source: ByteSource) throws -> [(tensor: String, file: String)] {
    let settings = try Settings(try source.json(atMost: indexLimit))
    let places = try settings.members("weight_map").map { member in
      guard case .string(let file) = member.value else {
        throw CheckpointError.wrongValue(
          key: "weight_map.\(member.key)", expected: "the name of a file", found: member.value.kind)
      }
      // A plain name, so that an index cannot read other folders.
      guard !file.isEmpty, file != ".", file != "..",
        !file.contains(where: { "/\\\0".contains($0) })
      else {
        throw CheckpointError.huggingFace(.fileOutside(tensor: member.key, file: file))
      }
      return (tensor: member.key, file: file)
    }
    let count = Set(places.map(\.file)).count
    guard count <= shardLimit else {
      throw CheckpointError.wrongValue(
        key: "weight_map", expected: "at most \(shardLimit) files", found: "\(count)")
    }
    return places
  }
}
