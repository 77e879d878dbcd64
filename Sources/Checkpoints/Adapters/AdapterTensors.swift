internal import Tensors

/// An adapter's tensors by their role.
struct AdapterTensors {
  private let tensors: NamedTensors
  /// Names, in the adapter's file, of tensors that replace the base's, by the base's names.
  private var replaced: [String: String] = [:]
  /// Names of LoRA's matrices, by module.
  private var down: [String: String] = [:]
  private var up: [String: String] = [:]
  private var upBias: [String: String] = [:]
  /// Modules that are embeddings: LoRA changes their transpose.
  private var tables: Set<String> = []
  /// Rows of embeddings.
  private var rows: [String: String] = [:]

  private static let candidates = ["adapter_model.safetensors", "adapter_model.bin"]

  /// - Throws: `CheckpointError`.
  init(in files: ModelFiles) throws {
    guard let name = Self.candidates.first(where: files.contains) else {
      throw CheckpointError.adapter(.noWeights(expected: Self.candidates))
    }
    tensors = try WeightFiles.read(name, in: files)
    for tensor in tensors.names { try sort(tensor) }
    for (module, tensor) in down where up[module] == nil {
      throw CheckpointError.adapter(.halfChange(tensor: "\(tensor), of \(module)"))
    }
    for (module, tensor) in up where down[module] == nil {
      throw CheckpointError.adapter(.halfChange(tensor: "\(tensor), of \(module)"))
    }
  }

  /// Assigns a tensor by peft's names, old and new:
  ///
  ///     base_model.model.bert…query.lora_A.weight           LoRA, also `lora_A.default.weight`
  ///     base_model.model.bert…word_embeddings.lora_embedding_A
  ///     base_model.model.classifier.weight                  replaces the base's, also
  ///                                                         `classifier.modules_to_save.default.weight`
  ///     base_model.model.bert…query.base_layer.bias         likewise
  private mutating func sort(_ tensor: String) throws {
    let prefix = "base_model.model."
    var name = tensor.hasPrefix(prefix) ? String(tensor.dropFirst(prefix.count)) : tensor
    guard !name.contains(".original_module.") else { return }
    name = name.replacing(".modules_to_save.default.", with: ".")
      .replacing(".modules_to_save.", with: ".")
    func module(_ endings: String...) -> String? {
      endings.first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) }
    }
    if name.contains(".lora_magnitude_vector") {
      throw CheckpointError.adapter(.unsupportedSetting(name: "use_dora", value: "true"))
    } else if let module = module(".lora_A.weight", ".lora_A.default.weight") {
      down[module] = tensor
    } else if let module = module(".lora_B.weight", ".lora_B.default.weight") {
      up[module] = tensor
    } else if let module = module(".lora_B.bias", ".lora_B.default.bias") {
      upBias[module] = tensor
    } else if let module = module(".lora_embedding_A", ".lora_embedding_A.default") {
      down[module] = tensor
      tables.insert(module)
    } else if let module = module(".lora_embedding_B", ".lora_embedding_B.default") {
      up[module] = tensor
    } else if let module = module(
      ".token_adapter.trainable_tokens_delta", ".trainable_tokens_delta",
      ".trainable_tokens_delta.default")
    {
      rows[module] = tensor
    } else if name.contains(".lora_") {
      throw CheckpointError.adapter(.otherBase(tensor: tensor))
    } else {
      let own = name.replacing(".token_adapter.", with: ".").replacing(".base_layer.", with: ".")
      replaced[own] = tensor
    }
  }
}

extension AdapterTensors {
  /// How many matrices LoRA changes, and the ranks of the changes.
  var summary: (matrices: Int, ranks: Set<Int>) {
    let ranks = down.compactMap { tensors.shape(of: $1)?.first }
    return (down.count, Set(ranks))
  }

  /// The base's tensors with the adapter's changes, which are applied on reading, so that no second
  /// copy is made.
  /// - Parameter factor: the factor of a change, by module and rank.
  /// - Throws: `CheckpointError` if a tensor does not fit, and errors of `factor`.
  func merged(
    into base: NamedTensors, isConvolution: (_ module: String) -> Bool,
    learnedRows: [(table: String, rows: [Int])], factor: (String, Int) throws -> Float
  ) throws -> NamedTensors {
    var chosen = NamedTensors(
      base.names.filter { replaced[$0] == nil }.map { ($0, base, $0) }
        + replaced.map { ($0.value, tensors, $0.key) })
    for module in down.keys.sorted() {
      // A language model's last layer is not part of a classifier.
      if module == "lm_head" { continue }
      try change(
        module, of: &chosen, isConvolution: isConvolution(module),
        factor: { try factor(module, $0) })
    }
    for (module, tensor) in rows.sorted(by: { $0.key < $1.key }) {
      let known = learnedRows.first {
        $0.table.isEmpty || module == $0.table || module.hasSuffix("." + $0.table)
      }
      try replace(rows: known?.rows ?? [], by: tensor, of: module + ".weight", in: &chosen)
    }
    return chosen
  }

  private func change(
    _ module: String, of merged: inout NamedTensors, isConvolution: Bool,
    factor: (Int) throws -> Float
  ) throws {
    guard let downName = down[module], let upName = up[module] else { return }
    let name = module + ".weight"
    guard let shape = merged.shape(of: name), shape.count == 2 else {
      throw CheckpointError.adapter(.otherBase(tensor: downName))
    }
    let isTransposed = tables.contains(module) || isConvolution
    let (outputs, inputs) = isTransposed ? (shape[1], shape[0]) : (shape[0], shape[1])
    let rank = tensors.shape(of: downName)?.first ?? 0
    let mismatches = tensors.mismatches([(downName, [rank, inputs]), (upName, [outputs, rank])])
    if let error = CheckpointError(mismatches, names: tensors.names) { throw error }
    guard rank > 0 else { return }
    let factor = try factor(rank)
    let base = NamedTensors([(name, merged, name)])
    let tensors = NamedTensors([(downName, tensors, downName), (upName, tensors, upName)])
    let bytes = [downName, upName].reduce(base.byteCount(of: name)) {
      $0 + tensors.byteCount(of: $1)
    }
    merged.contents[name] = .derived(
      DerivedTensor(shape: shape, byteCount: bytes) { progress in
        var values = try base.reading(progress).values(name, shape: shape)
        let own = tensors.reading(progress)
        let change = LowRankChange(
          down: try own.matrix(downName, rows: rank, columns: inputs),
          up: try own.matrix(upName, rows: outputs, columns: rank), factor: factor)
        try (isTransposed ? change.transposed : change).add(to: &values)
        return values
      })
    try changeBias(module, of: &merged, outputs: outputs, factor: factor)
  }

  private func changeBias(
    _ module: String, of merged: inout NamedTensors, outputs: Int, factor: Float
  ) throws {
    guard let own = upBias[module] else { return }
    let name = module + ".bias"
    guard merged.shape(of: name) == [outputs] else {
      throw CheckpointError.adapter(.otherBase(tensor: own))
    }
    let values = zip(
      try merged.vector(name, count: outputs), try tensors.vector(own, count: outputs)
    ).map { $0 + factor * $1 }
    merged.contents[name] = .loaded(NamedTensors.Entry(shape: [outputs], values: values))
  }

  /// Replaces some rows of an embedding with trained ones.
  private func replace(
    rows: [Int], by tensor: String, of name: String, in merged: inout NamedTensors
  ) throws {
    guard let shape = merged.shape(of: name), shape.count == 2,
      rows.allSatisfy({ $0 < shape[0] })
    else { throw CheckpointError.adapter(.otherBase(tensor: tensor)) }
    let width = shape[1]
    let mismatches = tensors.mismatches([(tensor, [rows.count, width])])
    if let error = CheckpointError(mismatches, names: tensors.names) { throw error }
    let base = NamedTensors([(name, merged, name)])
    let tensors = NamedTensors([(tensor, tensors, tensor)])
    let bytes = base.byteCount(of: name) + tensors.byteCount(of: tensor)
    merged.contents[name] = .derived(
      DerivedTensor(shape: shape, byteCount: bytes) { progress in
        var values = try base.reading(progress).values(name, shape: shape)
        let own = try tensors.reading(progress).values(tensor, shape: [rows.count, width])
        for (index, row) in rows.enumerated() {
          for column in 0..<width { values[row * width + column] = own[index * width + column] }
        }
        return values
      })
  }
}

extension NamedTensors {
  /// The same tensors; reading them reports progress without adding to the expected total.
  fileprivate func reading(_ progress: LoadProgress?) -> NamedTensors {
    var tensors = self
    tensors.progress = progress
    return tensors
  }

  /// The size of a tensor in its file.
  fileprivate func byteCount(of name: String) -> Int {
    switch contents[name] {
    case .stored(let tensor): tensor.bytes.count
    case .derived(let tensor): tensor.byteCount
    case .loaded, nil: 0
    }
  }
}
