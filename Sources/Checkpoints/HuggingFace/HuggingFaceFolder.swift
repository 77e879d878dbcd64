internal import Documents

/// A model saved by the transformers library: `config.json`, and weights in one file or more.
public struct HuggingFaceFolder: Sendable {
  public let configuration: HuggingFaceConfiguration
  /// By the names of the model's own modules.
  public var tensors: NamedTensors
  public var notes: [ModelNote] = []
  /// A language model's prompt around the texts.
  public let prompt: KnownPrompt?
  /// Written as `config.json` instead of the file that was read.
  let ownSettings: [UInt8]?

  public init(
    configuration: HuggingFaceConfiguration, tensors: NamedTensors, notes: [ModelNote] = [],
    prompt: KnownPrompt? = nil, ownSettings: [UInt8]? = nil
  ) {
    self.prompt = prompt
    self.ownSettings = ownSettings
    self.configuration = configuration
    self.tensors = tensors
    self.notes = notes
  }

  static let configurationName = "config.json"
  static let jsonLimit = 16 << 20

  /// Whether the folder's configuration is one of transformers rather than Whylight's own.
  /// - Throws: `CheckpointError` if there is a configuration that cannot be read.
  public static func isOne(_ files: ModelFiles) throws -> Bool {
    try files.read(configurationName) { source in
      let json = try source.json(atMost: jsonLimit)
      return json["format"] == nil && (json["model_type"] != nil || json["architectures"] != nil)
    }
  }

  /// Reads everything but the weights, which are read when the model is built.
  /// - Parameter supported: the supported model types: `bert`.
  /// - Throws: `CheckpointError`; `.huggingFace` if the model is not a text classifier of those
  ///   types.
  public static func read(_ files: ModelFiles, supported: [String]) throws -> HuggingFaceFolder {
    var configuration = try HuggingFaceConfiguration(files)
    guard supported.contains(configuration.modelType) else {
      throw CheckpointError.huggingFace(
        .unsupportedModel(type: configuration.modelType, supported: supported))
    }
    if let reranker = try reranker(files, configuration) { return reranker }
    try configuration.refuseOtherTasks()
    let tensors = try WeightFiles.tensors(in: files)
    configuration.number(classes: tensors)
    let isClassifier = configuration.architecture?.hasSuffix("ForSequenceClassification") == true
    var folder = HuggingFaceFolder(
      configuration: configuration, tensors: tensors,
      prompt: configuration.has(KnownPrompt.key)
        ? KnownPrompt(rawValue: try configuration.string(KnownPrompt.key, default: "")) : nil)
    if !isClassifier { try folder.requireHead() }
    return folder
  }

  /// A language model is a classifier if it is a reranker.
  private static func reranker(
    _ files: ModelFiles, _ configuration: HuggingFaceConfiguration
  ) throws -> HuggingFaceFolder? {
    guard configuration.architecture?.hasSuffix("ForCausalLM") == true,
      let reranker = try LanguageModelReranker(files)
    else { return nil }
    let json = try files.read(configurationName) { try $0.json(atMost: jsonLimit) }
    return try reranker.classifier(json, try WeightFiles.tensors(in: files))
  }

  /// Requires the tensors of a classifier, for a class that transformers does not have.
  /// - Throws: `CheckpointError.huggingFace`.
  private mutating func requireHead() throws {
    let architecture = configuration.architecture
    let names = tensors.names
    if names.contains(where: { $0.hasPrefix("classifier.") || $0.hasPrefix("score.") }) {
      guard let architecture else { return }
      notes.append(.ownClass(name: architecture, modelType: configuration.modelType))
      if architecture.contains("MultiLabel"), !configuration.has("problem_type") {
        notes.append(.assumed(setting: "problem_type", value: configuration.problem.rawValue))
      }
      return
    }
    let heads = ["cls.", "lm_head.", "pooler.", "vocab_", "mlm_head.", "predictions."]
    let encoder = names.first { $0.contains(".embeddings.") }?.prefix { $0 != "." } ?? ""
    let own = names.filter { name in
      name.contains(".") && !name.hasPrefix(encoder + ".") && !heads.contains(where: name.hasPrefix)
    }
    guard let architecture, !encoder.isEmpty, let first = own.first else {
      throw CheckpointError.huggingFace(.noClassifier(.encoder, architecture: architecture))
    }
    throw CheckpointError.huggingFace(.ownHead(architecture: architecture, tensor: first))
  }
}

/// Why a folder of the transformers library cannot be opened.
public enum HuggingFaceFault: Sendable, Equatable {
  case unsupportedModel(type: String, supported: [String])
  /// The model was made for another task; `architecture` is the class in its configuration.
  case noClassifier(HuggingFaceTask, architecture: String?)
  /// A custom class, whose head has a name that no classifier of transformers has.
  case ownHead(architecture: String, tensor: String)
  /// A language model that ranks by a token, with an unknown prompt.
  case rerankerPrompt
  /// None of the files that may contain weights exists.
  case noWeights(expected: [String])
  /// The index names a file that is not a plain name in the same folder.
  case fileOutside(tensor: String, file: String)
  /// The file that the index names for a tensor does not contain it.
  case notInShard(tensor: String, file: String)
  /// The file is a Git LFS pointer instead of the file itself.
  case filePointer
}

/// What a model does if it does not classify texts.
public enum HuggingFaceTask: Sendable, Equatable {
  /// Embeddings of texts or tokens, without a head.
  case encoder
  case languageModel
  case tokenClassification
  case questionAnswering
  case multipleChoice
  case other
}
