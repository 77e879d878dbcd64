internal import Checkpoints
internal import Documents
internal import Tensors
internal import Tokenizers

extension Model {
  /// Builds the model in a folder of the transformers library.
  /// - Throws: `CheckpointError`, `ClassifierError`, `TokenizerFileError`, `TensorError`.
  init(huggingFace files: ModelFiles, name: String, loading: Loading = Loading()) throws {
    try self.init(
      folder: try HuggingFaceFolder.read(files, supported: Transformer.modelTypes), files: files,
      name: name, loading: loading)
  }

  /// - Parameter files: includes those of the tokenizer.
  /// - Throws: as above.
  init(
    folder: HuggingFaceFolder, files: ModelFiles, name: String, loading: Loading
  ) throws {
    var folder = folder
    let configuration = folder.configuration
    let limit = try TransformerCatalog.family(of: configuration.modelType)?
      .tokenLimit(configuration)
    // Before the weights, so that problems of the tokenizer are reported at once.
    var tokenizer = try HuggingFaceTokenizer(files, configuration, tokenLimit: limit)
    tokenizer.keepsEmptyPairs = configuration.isCrossEncoder
    folder.tensors = loading.tensors(folder.tensors)
    let network = try TransformerCatalog.network(of: folder)
    var facts = ModelFacts(folder, tokenizer)
    let rows = network.vocabularySize
    let missing = tokenizer.limit(to: rows)
    if !missing.isEmpty { facts.notes.append(.tokensWithoutEmbedding(missing, rows: rows)) }
    self.init(
      name: name, architecture: configuration.modelType, classifier: network,
      tokenizer: folder.prompt.map { PromptTokenizer(tokenizer, template: PromptTemplate($0)) }
        ?? tokenizer, facts: facts)
    self.facts.notes += folder.notes
    if configuration.problem == .multiLabel {
      self.facts.notes.append(.assumed(setting: "threshold", value: "0.5"))
    }
  }
}

extension PromptTemplate {
  fileprivate init(_ prompt: KnownPrompt) {
    let parts = prompt.parts
    self.init(before: parts.before, between: parts.between, after: parts.after)
  }
}

extension HuggingFaceTokenizer {
  /// The largest files of known models have 20 MB.
  private static let fileLimit = 128 << 20

  /// The tokenizer of a folder.
  /// - Throws: `TokenizerFileError`; `CheckpointError` if a file cannot be read or is not JSON.
  init(
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
  /// - Parameter folder: the folder from which the network was built.
  fileprivate init(_ folder: HuggingFaceFolder, _ tokenizer: HuggingFaceTokenizer) {
    let configuration = folder.configuration
    let family = TransformerCatalog.family(of: configuration.modelType)
    self.init(
      parameterCount: folder.tensors.parameterCount(encoder: family?.encoder ?? ""),
      weightBytes: folder.tensors.bytesInMemory,
      settings: (family?.settings ?? []).compactMap { name in
        configuration.printed(name).map { (name: name, value: $0) }
      } + [
        (
          name: "problem_type",
          value: configuration.notes.isEmpty ? configuration.problem.rawValue : "not given"
        )
      ],
      tokenizer: "\(tokenizer.kind)", vocabularySize: tokenizer.vocabulary.count,
      tokenLimit: tokenizer.tokenLimit,
      notes: configuration.notes + tokenizer.overrides.map(ModelNote.init)
        + folder.tensors.notFinite)
    productBytes = folder.tensors.productBytes
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
  /// The trained parameters of the encoder and the head, without other heads, buffers, and the
  /// constants that GPT-2 and GPT-NeoX used to store for masks and rotations.
  fileprivate func parameterCount(encoder: String) -> Int {
    let modules = [
      encoder, "classifier", "pre_classifier", "pooler", "head", "dense", "score",
      "classification_head",
    ]
    // A single table, which may be stored three times.
    let isShared = shape(of: "\(encoder).shared.weight") != nil
    let buffers = [
      ["position_ids"], ["token_type_ids"], ["masked_bias"], ["inv_freq"], ["attn", "bias"],
      ["attention", "bias"],
    ]
    return names.filter { name in
      let parts = name.split(separator: ".")
      return modules.contains { parts.first == $0[...] }
        && !buffers.contains { parts.suffix($0.count).elementsEqual($0) { $0 == $1[...] } }
        && !(isShared && parts.contains("embed_tokens"))
      // A product that overflows belongs to no tensor that could have been read.
    }.reduce(0) { $0 &+ (shape(of: $1) ?? []).reduce(1, &*) }
  }
}
