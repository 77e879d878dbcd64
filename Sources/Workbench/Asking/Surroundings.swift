public import Checkpoints
public import Classifiers
public import Datasets

/// What questions need from the machine: files, and stored answers.
public protocol Surroundings: Sendable {
  /// Opens a model.
  /// - Parameter argument: a value of `--model`; nil for the default model.
  /// - Throws: the reason why it cannot be opened; `CancellationError` once the progress was
  ///   cancelled.
  func open(_ argument: String?, progress: LoadProgress) throws -> OpenedModel

  /// Finds a model's card without opening the model.
  /// - Parameter argument: as in `open`. At most `ModelCardText.limit` bytes are read.
  func card(of argument: String?) -> FoundCard
  /// What makes a model's answers doubtful, a sentence each.
  func remarks(on model: Model) -> [String]

  /// Stored predictions of a model; nil if nothing can be stored.
  /// - Parameter isQuiet: whether problems of the store are not reported.
  func predictions(of model: OpenedModel, isQuiet: Bool) -> StoredPredictions?
  /// Stored scores of words by an explainer.
  func scores(of model: OpenedModel, method: String) -> StoredScores?
  /// The users' notes about texts.
  func notes() -> [ContentHash: Annotations.Entry]

  /// Writes a file, completely or not at all.
  func write(_ export: Export, _ lab: Lab) throws -> Export.Answer

  /// Shows a message to the user.
  func notify(_ sentence: String)
}
