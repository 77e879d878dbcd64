public import Checkpoints

extension Transformer {
  /// The types of model that can be opened, by the transformers library's names for them.
  public static var modelTypes: [String] { TransformerCatalog.modelTypes }

  /// Builds what a folder of the transformers library holds.
  /// - Throws: `CheckpointError`, also where it is no network of one stack of layers;
  ///   `ClassifierError`, `TensorError.packingFailed`.
  public init(_ folder: HuggingFaceFolder) throws {
    guard let transformer = try TransformerCatalog.network(of: folder) as? Transformer else {
      throw CheckpointError.huggingFace(
        .noClassifier(.other, architecture: folder.configuration.architecture))
    }
    self = transformer
  }
}

extension EncoderDecoder {
  /// Builds what a folder of the transformers library holds.
  /// - Throws: as for a `Transformer`; where it is no encoder with a decoder.
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
    // Numbers of a few bits are no weights until they are unpacked.
    try configuration.require("quantization_config", oneOf: ["null"])
    // Built of shapes first: what does not fit is told all together, before anything is read.
    let survey = ShapeSurvey()
    _ = try family.model(configuration, weights: ModuleWeights(folder.tensors, survey: survey))
    if let error = CheckpointError(survey.mismatches, names: folder.tensors.names) { throw error }
    return try family.model(configuration, weights: ModuleWeights(folder.tensors))
  }
}
