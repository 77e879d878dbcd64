internal import Documents

/// A model as the transformers library saves it: `config.json` and its weights in one file or more.
public struct HuggingFaceFolder: Sendable {
  public let configuration: HuggingFaceConfiguration
  /// By the names of the model's own modules.
  public var tensors: NamedTensors

  public init(configuration: HuggingFaceConfiguration, tensors: NamedTensors) {
    self.configuration = configuration
    self.tensors = tensors
  }

  static let configurationName = "config.json"
  static let jsonLimit = 16 << 20

  /// Whether the folder's configuration is one of transformers, and not Whylight's own.
  /// - Throws: `CheckpointError` where there is a configuration that can't be read.
  public static func isOne(_ files: ModelFiles) throws -> Bool {
    try files.read(configurationName) { source in
      let json = try source.json(atMost: jsonLimit)
      return json["format"] == nil && (json["model_type"] != nil || json["architectures"] != nil)
    }
  }

  /// Reads everything but the weights, which are read when the model is built.
  /// - Parameter supported: the types of model that can be built: `bert`.
  /// - Throws: `CheckpointError`; `.huggingFace` where the model is no text classifier of those types.
  public static func read(_ files: ModelFiles, supported: [String]) throws -> HuggingFaceFolder {
    let configuration = try HuggingFaceConfiguration(files)
    guard supported.contains(configuration.modelType) else {
      throw CheckpointError.huggingFace(
        .unsupportedModel(type: configuration.modelType, supported: supported))
    }
    try configuration.requireClassifier()
    let tensors = try WeightFiles.tensors(in: files)
    let hasHead = tensors.names.contains { $0.hasPrefix("classifier.") }
    if configuration.architecture == nil, !hasHead {
      throw CheckpointError.huggingFace(.noClassifier(.encoder, architecture: nil))
    }
    return HuggingFaceFolder(configuration: configuration, tensors: tensors)
  }
}

/// Why a folder of the transformers library can't be opened.
public enum HuggingFaceFault: Sendable, Equatable {
  case unsupportedModel(type: String, supported: [String])
  /// The model was made for another task; `architecture` is the class that its configuration names.
  case noClassifier(HuggingFaceTask, architecture: String?)
  /// None of the files in which weights are looked for.
  case noWeights(expected: [String])
  /// The index names a file that is not a plain name in the same folder.
  case fileOutside(tensor: String, file: String)
  /// The file that the index names for a tensor does not hold it.
  case notInShard(tensor: String, file: String)
  /// What stands in the folder is a pointer of Git LFS, not the file itself.
  case filePointer
}

/// What a model does where it does not classify texts.
public enum HuggingFaceTask: Sendable, Equatable {
  /// Vectors for texts or tokens, and no head.
  case encoder
  case languageModel
  case tokenClassification
  case questionAnswering
  case multipleChoice
  case other
}
