public import Checkpoints
public import Datasets

/// What questions ask of the machine: files, and what was found out before.
public protocol Surroundings: Sendable {
  /// Opens a model.
  /// - Parameter argument: as `--model` takes it; nil is the default model.
  /// - Throws: facts about why not; `CancellationError` once the progress was given up.
  func open(_ argument: String?, progress: LoadProgress) throws -> OpenedModel

  /// What a model said of texts before; nil where nothing can be kept.
  /// - Parameter isQuiet: does not tell what is wrong with the store.
  func predictions(of model: OpenedModel, isQuiet: Bool) -> StoredPredictions?
  /// Which words spoke for what it said, by an explainer.
  func scores(of model: OpenedModel, method: String) -> StoredScores?
  /// What was written about texts.
  func notes() -> [ContentHash: Annotations.Entry]

  /// Writes a file: whole or not at all.
  func write(_ export: Export, _ lab: Lab) throws -> Export.Answer

  /// Something that the user should know, as a sentence.
  func notify(_ sentence: String)
}
