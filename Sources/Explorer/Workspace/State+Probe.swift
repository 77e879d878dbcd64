internal import Attribution
internal import Classifiers
internal import Reports
internal import Tokenizers
internal import Workbench

/// Asking the questions of overlays and what-if pages, one at a time, after everything that is
/// visible.
extension State {
  /// Texts of more tokens than this are not asked about.
  static let probedTokenLimit = 4096

  mutating func settleProbe(_ effects: inout [Effect]) {
    guard isPredictionFresh, let target = targetClass, let question = wantedQuestion(target)
    else { return cancel(.whatIf, &effects) }
    let running = asked.question(in: .whatIf).map { AnyQuestion($0) }
    if running != AnyQuestion(question) { ask(question, &effects) }
  }

  private func wantedQuestion(_ target: Int) -> (any AskedQuestion)? {
    // The user waits for the overlay's question; the other questions follow the map.
    if let question = overlay?.question(about: document.edited) { return question }
    // A running question goes on even while the cursor moves and less is needed.
    let isRunning = asked.isOpen(.whatIf)
    guard isRunning || (explanations.job == nil && removals.request == nil && overlay == nil),
      !isTooLongToProbe
    else { return nil }
    return layer.question(about: target, self)
  }

  var isTooLongToProbe: Bool {
    (predictions.latest?.prediction.encoding.pieces.count ?? 0) > Self.probedTokenLimit
  }

  /// Why the pages stay empty; nil if they do not.
  var obstacleToProbes: String? {
    if case .failed = model { return "no model is open" }
    guard summary != nil else { return "waiting for the model" }
    if document.isBlank { return "no text yet: i, then type one" }
    if predictions.problem != nil, !isPredictionFresh { return "the model can't read this text" }
    return isTooLongToProbe && isPredictionFresh
      ? "texts of more than \(Numerals.grouped(Self.probedTokenLimit)) tokens are not searched"
      : nil
  }
}
