/// Why a question has no answer, where neither the model nor a file says so itself.
public enum QuestionError: Error, Sendable, Equatable {
  /// Nothing was opened for that seat.
  case noModel(ModelSeat)
  /// There is no data set.
  case noExamples
  case noExplainer(name: String)
  /// No explainer that takes one pass a text suits the model.
  case noFastExplainer(model: String)
}
