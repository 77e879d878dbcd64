public import Checkpoints

extension Transformer {
  /// The model types that can be opened, by the transformers library's names.
  public static var modelTypes: [String] { TransformerCatalog.modelTypes }

  /// Builds the model in a folder of the transformers library.
  /// - Throws: `CheckpointError`, also if it is not a single stack of layers; `ClassifierError`,
  ///   `TensorError.packingFailed`.
  public init(_ folder: HuggingFaceFolder) throws {
    guard let transformer = try TransformerCatalog.network(of: folder) as? Transformer else {
      throw CheckpointError.huggingFace(
        .noClassifier(.other, architecture: folder.configuration.architecture))
    }
    self = transformer
  }
}

extension EncoderDecoder {
  /// Builds the model in a folder of the transformers library.
  /// - Throws: as for a `Transformer`; also if it is not an encoder-decoder.
  public init(_ folder: HuggingFaceFolder) throws {
    guard let network = try TransformerCatalog.network(of: folder) as? EncoderDecoder else {
      throw CheckpointError.huggingFace(
        .noClassifier(.other, architecture: folder.configuration.architecture))
    }
    self = network
  }
}

extension TransformerCatalog {
  /// - Throws: `CheckpointError`, `ClassifierError`, `TensorError.packingFailed`.
  static func network(of folder: HuggingFaceFolder) throws -> any Network {
    let configuration = folder.configuration
    guard let family = family(of: configuration.modelType) else {
      throw CheckpointError.huggingFace(
        .unsupportedModel(type: configuration.modelType, supported: modelTypes))
    }
    // Quantised numbers are not weights until they are unpacked.
    try configuration.require("quantization_config", oneOf: ["null"])
    // Built from shapes first, so that all mismatches are reported together before anything is
    // read.
    let survey = ShapeSurvey()
    _ = try family.model(configuration, weights: ModuleWeights(folder.tensors, survey: survey))
    if let error = CheckpointError(survey.mismatches, names: folder.tensors.names) { throw error }
    return try family.model(configuration, weights: ModuleWeights(folder.tensors))
  }
}
