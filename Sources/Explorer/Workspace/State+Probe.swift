internal import Attribution
internal import Classifiers
internal import Reports
internal import Tokenizers

/// Asking the questions of the what-if panes, one at a time, behind everything that is in sight.
extension State {
  /// Up to here a text is asked about unasked.
  static let probedTokenLimit = 4096

  mutating func settleProbe(_ effects: inout [Effect]) {
    guard isPredictionFresh, let target = targetClass, let question = wantedQuestion else {
      return giveUpProbe(&effects)
    }
    if let running = probe {
      guard
        running.edition != document.edition || running.question != question
          || running.classIndex != target || running.options != settings.options
      else { return }
    }
    probeCount += 1
    let request = ProbeRequest(
      edition: document.edition, number: probeCount, subject: document.edited, classIndex: target,
      question: question, options: settings.options)
    probe = request
    effects.append(.probe(request))
  }

  private var wantedQuestion: ProbeRequest.Question? {
    // what lies over the screen is waited for, the rest comes after the map
    if let question = overlay?.question { return question }
    // what runs goes on while the cursor moves and asks for less
    let isRunning = probe?.edition == document.edition
    guard isRunning || (explanations.job == nil && removals.request == nil && overlay == nil),
      !isTooLongToProbe
    else { return nil }
    return questionOfPage
  }

  var isTooLongToProbe: Bool {
    (predictions.latest?.prediction.encoding.pieces.count ?? 0) > Self.probedTokenLimit
  }

  /// Why the pages stay empty; nil where they do not.
  var obstacleToProbes: String? {
    if case .failed = model { return "there is no model to ask" }
    guard summary != nil else { return "waiting for the model" }
    if document.isBlank { return "no text yet: i, then type one" }
    if predictions.problem != nil, !isPredictionFresh { return "the model does not read this text" }
    return isTooLongToProbe && isPredictionFresh
      ? "more than \(Numerals.grouped(Self.probedTokenLimit)) tokens are not searched through" : nil
  }

  private mutating func giveUpProbe(_ effects: inout [Effect]) {
    guard probe != nil else { return }
    probe = nil
    effects.append(.cancelProbe)
  }

  mutating func take(_ answer: ProbeAnswer) {
    guard answer.request == probe, answer.request.edition == document.edition else { return }
    if answer.isFinal { probe = nil }
    switch answer.request.question {
    case .neighbours, .word: overlay?.receive(answer.finding, to: answer.request.question)
    case .trajectory: take(answer, of: .trajectory)
    case .flips: take(answer, of: .flips)
    case .phrase: take(answer, of: .phrase)
    case .trace: take(answer, of: .xray)
    case .robustness: take(answer, of: .robustness)
    case .explain: take(answer, of: .pair)
    }
  }
}
