internal import Checkpoints
internal import Documents
internal import Tensors
internal import Tokenizers

extension Model {
  /// Builds what a folder of the transformers library holds.
  /// - Throws: `CheckpointError`, `ClassifierError`, `TokenizerFileError`, `TensorError`.
  init(huggingFace files: ModelFiles, name: String, progress: LoadProgress? = nil) throws {
    var folder = try HuggingFaceFolder.read(files, supported: Transformer.modelTypes)
    let configuration = folder.configuration
    let limit = try TransformerCatalog.family(of: configuration.modelType)?
      .tokenLimit(configuration)
    // Before the weights: what is wrong with a tokenizer is told at once.
    var tokenizer = try HuggingFaceTokenizer(files, configuration, tokenLimit: limit)
    folder.tensors = folder.tensors.reporting(to: progress)
    let transformer = try Transformer(folder)
    var facts = ModelFacts(folder, tokenizer)
    let rows = transformer.embedding.words.weight.rows
    let missing = tokenizer.limit(to: rows)
    if !missing.isEmpty { facts.notes.append(.tokensWithoutEmbedding(missing, rows: rows)) }
    self.init(
      name: name, architecture: configuration.modelType, classifier: transformer,
      tokenizer: tokenizer, facts: facts)
    self.facts.notes += folder.notes
    if configuration.problem == .multiLabel {
      self.facts.notes.append(.assumed(setting: "threshold", value: "0.5"))
    }
  }
}

extension HuggingFaceTokenizer {
  /// The largest files of known models have 20 MB.
  private static let fileLimit = 128 << 20

  /// The tokenizer of a folder.
  /// - Throws: `TokenizerFileError`; `CheckpointError` where a file can't be read or is no JSON.
  fileprivate init(
    _ files: ModelFiles, _ configuration: HuggingFaceConfiguration, tokenLimit: Int?
  ) throws {
    let name = "tokenizer_class"
    let model = ModelSettings(
      type: configuration.modelType,
      tokenizerClass: configuration.has(name) ? try configuration.string(name, default: "") : nil)
    var last = ""
    do {
      try self.init(model: model, tokenLimit: tokenLimit) { name in
        last = name
        return try files.bytes(name, atMost: Self.fileLimit)
      }
    } catch let error as JSONError {
      throw CheckpointError.inFile(name: last, .json(error.fault, offset: error.offset))
    }
  }
}

extension ModelFacts {
  fileprivate init(_ folder: HuggingFaceFolder, _ tokenizer: HuggingFaceTokenizer) {
    let configuration = folder.configuration
    let family = TransformerCatalog.family(of: configuration.modelType)
    let parameters = folder.tensors.parameterCount(encoder: family?.encoder ?? "")
    self.init(
      parameterCount: parameters, weightBytes: parameters * MemoryLayout<Float>.size,
      settings: (family?.settings ?? []).compactMap { name in
        configuration.printed(name).map { (name: name, value: $0) }
      } + [
        (
          name: "problem_type",
          value: configuration.notes.isEmpty ? configuration.problem.rawValue : "not given"
        )
      ],
      tokenizer: "\(tokenizer.kind), \(grouped(tokenizer.vocabulary.count)) tokens",
      tokenLimit: tokenizer.tokenLimit,
      notes: configuration.notes + tokenizer.overrides.map(ModelNote.init)
        + folder.tensors.notFinite)
  }
}

extension ModelNote {
  fileprivate init(_ override: SettingOverride) {
    self = .overridden(
      setting: override.setting, value: override.value, defaultOf: override.defaultOf,
      path: override.path)
  }
}

extension NamedTensors {
  /// What training learns of the encoder and the head; other heads and buffers are left out.
  fileprivate func parameterCount(encoder: String) -> Int {
    let modules = [encoder, "classifier", "pre_classifier", "pooler", "head"]
    let buffers = ["position_ids", "token_type_ids"]
    return names.filter { name in
      let parts = name.split(separator: ".")
      return modules.contains { parts.first == $0[...] }
        && !buffers.contains { parts.last == $0[...] }
    }.reduce(0) { count, name in
      // A product that no Int holds belongs to no tensor that could have been read.
      count &+ (shape(of: name) ?? []).reduce(1, &*)
    }
  }
}
