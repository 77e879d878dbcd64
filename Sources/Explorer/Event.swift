public import TerminalUI

/// Everything that can happen to the explorer.
public enum Event: Sendable {
  case terminal(TerminalEvent)
  /// Keys that came at once, as of a terminal that sends a paste like typing.
  case typed([Key])
  case modelLoaded(ModelSummary)
  /// The one that stands beside it on Compare.
  case otherModelLoaded(ModelSummary)
  /// The reason as a sentence.
  case modelFailed(String)
  /// What begins like the text of the path prompt.
  case completions(for: String, [PathCompletion])
  /// Time goes on while something runs that is waited for: the share of a model's weights that is
  /// read, 0 to 1, the model passes of the explanation, and those of its measures, where known.
  case tick(opened: Double?, passes: Int? = nil, measured: Int? = nil)
  case predicted(PredictionAnswer)
  case predictionFailed(Edition, reason: String)
  case otherPredictionFailed(Edition, reason: String)
  /// A job has begun, and is going to cost about so many model passes.
  case explanationExpected(ExplanationJob, passes: Int)
  /// A first or better result, or the last one.
  case explained(ExplanationAnswer)
  /// The reason as a sentence without its full stop; the explainer that would work instead, if one is
  /// known.
  case explanationFailed(ExplanationJob, reason: String, instead: String? = nil)
  case removed(RemovalAnswer)
  case dataset(DatasetEvent)
  /// No key came for the time that `Effect.awaitRest` asks for.
  case rested
  case export(ExportEvent)
  case trusted(TrustAnswer)
  /// What of an explanation is being measured now.
  case measuring(TrustProgress)
  case probed(ProbeAnswer)
  /// The names of the themes that there are, and the one in use; whether that has no colours.
  case themes([String], current: String, isMonochrome: Bool = false)
  case abilities(TerminalAbilities)
  /// Something worth a line in the status row.
  case notice(String)
  case problem(String)
  /// A frame went out: its bytes, and what it showed for the first time since the last key.
  case drew(bytes: Int, timings: [KeyTiming])
  /// How long the last keystroke took to the screen, in seconds.
  case painted(seconds: Double)
  /// The session could not be saved before the program would have ended; the reason as a part of a
  /// sentence.
  case saveFailed(reason: String)
  /// A signal asks the program to end with this exit status.
  case terminate(status: Int32)
}
