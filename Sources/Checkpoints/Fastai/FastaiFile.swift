/// A fastai file by its contents.
public enum FastaiFile: Sendable {
  /// `learn.export()`: the whole learner.
  case learner(SavedClassifier)
  /// `learn.save()`: weights, whose vocabulary is in another file.
  case weights(FastaiWeights)

  /// Reads everything but the weights, which are read when the model is built.
  /// - Throws: `CheckpointError`; `.fastai` if the file is not an AWD-LSTM text classifier, or has
  ///   unknown parts.
  public static func read(_ source: ByteSource) throws -> FastaiFile {
    let file = try TorchFile(source)
    if let weights = try FastaiWeights(file) { return .weights(weights) }
    return .learner(try FastaiExport.read(file))
  }
}
