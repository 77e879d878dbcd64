/// A file of fastai's, by what it holds.
public enum FastaiFile: Sendable {
  /// `learn.export()`: the whole learner.
  case learner(SavedClassifier)
  /// `learn.save()`: weights, whose vocabulary stands in another file.
  case weights(FastaiWeights)

  /// Reads everything but the weights, which are read when the model is built.
  /// - Throws: `CheckpointError`; `.fastai` where the file holds something other than an AWD-LSTM
  ///   text classifier, or one with parts that are not known.
  public static func read(_ source: ByteSource) throws -> FastaiFile {
    let file = try TorchFile(source)
    if let weights = try FastaiWeights(file) { return .weights(weights) }
    return .learner(try FastaiExport.read(file))
  }
}
