/// Why a question has no answer, for reasons other than errors of the model or a file.
public enum QuestionError: Error, Sendable, Equatable {
  /// No model was opened for that seat.
  case noModel(ModelSeat)
  /// There is no data set.
  case noExamples
  case noExplainer(name: String)
  /// No explainer that needs a single pass per text applies to the model.
  case noFastExplainer(model: String)
}
