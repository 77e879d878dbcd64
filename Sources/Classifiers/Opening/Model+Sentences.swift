internal import Checkpoints
internal import Tensors
internal import Tokenizers

extension Model {
  /// Builds the model in a folder of sentence-transformers: the similarity of two texts.
  /// - Throws: `CheckpointError`, `ClassifierError`, `TokenizerFileError`, `TensorError`.
  init(
    sentences modules: SentenceModules, in files: ModelFiles, name: String,
    loading: Loading = Loading()
  ) throws {
    let own = files.subfolder(modules.encoderFolder)
    var folder = try HuggingFaceFolder.readEncoder(own, supported: Transformer.modelTypes)
    let configuration = folder.configuration
    guard let family = TransformerCatalog.family(of: configuration.modelType) else {
      throw CheckpointError.huggingFace(
        .unsupportedModel(type: configuration.modelType, supported: Transformer.modelTypes))
    }
    let known = try family.tokenLimit(configuration)
    let limit = [known, modules.tokenLimit].compactMap(\.self).min()
    var tokenizer = try HuggingFaceTokenizer(own, configuration, tokenLimit: limit)
    if modules.lowersCase, tokenizer.encode("Aa Bb").ids != tokenizer.encode("aa bb").ids {
      throw CheckpointError.inFile(
        name: "sentence_bert_config.json",
        .wrongValue(key: "do_lower_case", expected: "false", found: "true"))
    }
    folder.tensors = loading.tensors(folder.tensors)
    let encoder = try SentenceEncoder(modules, folder, family: family, files: files)
    let missing = tokenizer.limit(to: encoder.vocabularySize)
    let parameters = folder.tensors.names.reduce(0) { count, name in
      count &+ (folder.tensors.shape(of: name) ?? []).reduce(1, &*)
    }
    var notes = folder.tensors.notFinite
    if !missing.isEmpty {
      notes.append(.tokensWithoutEmbedding(missing, rows: encoder.vocabularySize))
    }
    let named = try Similarity.Measure(named: modules.similarity)
    // The product of two vectors of length 1 is their cosine.
    let measure = encoder.isNormalized ? .cosine : named
    self.init(
      name: name, architecture: configuration.modelType,
      classifier: DerivedClassifier(
        base: encoder, derivation: Similarity(measure: measure), suffixes: []),
      tokenizer: DerivedTokenizer(base: tokenizer, reading: .twoTexts),
      facts: ModelFacts(
        parameterCount: parameters, weightBytes: folder.tensors.bytesInMemory,
        settings: family.settings.compactMap { name in
          configuration.printed(name).map { (name: name, value: $0) }
        } + [
          (name: "pooling", value: encoder.poolings.map(\.rawValue).joined(separator: ", ")),
          (name: "similarity", value: measure.rawValue),
        ],
        tokenizer: "\(tokenizer.kind)", vocabularySize: tokenizer.vocabulary.count,
        tokenLimit: tokenizer.tokenLimit, notes: notes))
    facts.productBytes = folder.tensors.productBytes
  }
}

extension Similarity.Measure {
  /// - Throws: `CheckpointError` if it is not supported.
  fileprivate init(named name: String?) throws {
    guard let name else {
      self = .cosine
      return
    }
    guard let known = Self(rawValue: name) else {
      throw CheckpointError.inFile(
        name: "config_sentence_transformers.json",
        .wrongValue(
          key: "similarity_fn_name",
          expected: Self.allCases.map(\.rawValue).joined(separator: " or "), found: name))
    }
    self = known
  }
}

extension SentenceEncoder {
  /// - Throws: `CheckpointError`, `ClassifierError`, `TensorError.packingFailed`.
  fileprivate init(
    _ modules: SentenceModules, _ folder: HuggingFaceFolder, family: any TransformerFamily.Type,
    files: ModelFiles
  ) throws {
    let tensors = folder.tensors
    let isInner = tensors.names.contains { $0.hasPrefix(family.encoder + ".") }
    func encoder(_ weights: ModuleWeights) throws -> Transformer {
      try family.headless(
        folder.configuration, weights: isInner ? weights[family.encoder] : weights)
    }
    // Built from shapes first, so that all mismatches are reported together before anything is
    // read.
    let survey = ShapeSurvey()
    _ = try encoder(ModuleWeights(tensors, survey: survey))
    if let error = CheckpointError(survey.mismatches, names: tensors.names) { throw error }
    let transformer = try encoder(ModuleWeights(tensors))
    let width = transformer.width
    var poolings: [TokenPooling] = []
    var layers: [Layer] = []
    var size = width
    var isNormalized = false
    for module in modules.modules {
      switch module {
      case .transformer: continue
      case .pooling(let names):
        poolings = try names.map { name in
          guard let pooling = TokenPooling(rawValue: name) else {
            throw ClassifierError.badSetting(name: "pooling_mode", value: name)
          }
          return pooling
        }
        size = width * poolings.count
      // The length does not affect a cosine, but it would affect further layers.
      case .normalize: isNormalized = true
      case .dense(let dense):
        guard !isNormalized else {
          throw ClassifierError.badSetting(name: "modules.json", value: "Dense behind Normalize")
        }
        guard dense.inputs == size else {
          throw ClassifierError.wrongCount(
            of: "in_features of \(dense.folder)", expected: size, found: dense.inputs)
        }
        let weights = ModuleWeights(
          try HuggingFaceFolder.tensors(ofModule: files.subfolder(dense.folder)))
        layers.append(
          Layer(
            dense: try weights["linear"].linear(
              inputs: dense.inputs, outputs: dense.outputs, hasBias: dense.hasBias),
            activation: try Self.activation(dense.activation)))
        size = dense.outputs
      }
    }
    self.init(
      encoder: transformer, poolings: poolings, layers: layers, isNormalized: isNormalized,
      width: width)
  }

  /// By the name of PyTorch's class.
  private static func activation(_ name: String) throws -> Activation {
    let known: [String: Activation] = [
      "Identity": .identity, "Tanh": .tanh, "ReLU": .relu, "GELU": .gelu, "Sigmoid": .sigmoid,
      "SiLU": .silu,
    ]
    guard let activation = known[name] else {
      throw ClassifierError.badSetting(name: "activation_function", value: name)
    }
    return activation
  }
}
