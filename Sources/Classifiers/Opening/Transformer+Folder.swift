public import Checkpoints

extension Transformer {
  /// The types of model that can be opened, by the transformers library's names for them.
  public static var modelTypes: [String] { TransformerCatalog.modelTypes }

  /// Builds what a folder of the transformers library holds.
  /// - Throws: `CheckpointError`, `ClassifierError`, `TensorError.packingFailed`.
  public init(_ folder: HuggingFaceFolder) throws {
    let configuration = folder.configuration
    guard let family = TransformerCatalog.family(of: configuration.modelType) else {
      throw CheckpointError.huggingFace(
        .unsupportedModel(type: configuration.modelType, supported: Self.modelTypes))
    }
    // Built of shapes first: what does not fit is told all together, before anything is read.
    let survey = ShapeSurvey()
    _ = try family.model(configuration, weights: ModuleWeights(folder.tensors, survey: survey))
    if let error = CheckpointError(survey.mismatches, names: folder.tensors.names) { throw error }
    self = try family.model(configuration, weights: ModuleWeights(folder.tensors))
  }
}
