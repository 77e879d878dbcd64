internal import Attribution
internal import Classifiers
internal import Explorer
internal import Tokenizers

/// Answers a question of the what-if panes, and tells on the way what is known so far.
struct ProbeRun {
  let model: Model
  let request: ProbeRequest

  /// - Parameter heard: takes what is known so far.
  /// - Throws: `CancellationError` within one call to the model, and what the model throws.
  func run(heard: (ProbeAnswer.Finding) -> Void) throws -> ProbeAnswer.Finding {
    let subject = request.subject
    switch request.question {
    case .neighbours(let range):
      return .neighbours(
        try WordNeighbours().candidates(at: range, in: subject, model: model))
    case .word(let text, let range):
      let trials = EditTrials(subject, model: model)
      let values = try trials.probabilities(of: [[TextEdit(range, replacement: text)]])
      return .word(WordNeighbours.Candidate(text: text, probabilities: values.first ?? []))
    case .trajectory:
      return .trajectory(
        try PrefixTrajectory().measure(subject, model: model, classIndex: request.classIndex) {
          heard(.trajectory($0))
        })
    case .flips:
      return .flips(
        try FlipFinder().find(in: subject, model: model, classIndex: request.classIndex) {
          heard(.flips($0))
        })
    case .phrase(let phrase, let other):
      return .phrase(
        try PhraseMeter().measure(
          phrase, and: other, in: subject, model: model, classIndex: request.classIndex
        ) { heard(.phrase($0)) })
    case .trace:
      try Task.checkCancellation()
      return .trace(model.tokenizer.trace(subject.text))
    case .robustness:
      return .robustness(
        try Robustness().measure(subject, model: model, classIndex: request.classIndex) {
          heard(.robustness($0))
        })
    case .explain(let text, let choice): return try explained(text, choice)
    }
  }

  private func explained(
    _ text: EditedText, _ choice: ExplanationChoice
  ) throws -> ProbeAnswer.Finding {
    let prediction = try EditTrials(text, model: model).prediction()
    guard let explainer = Catalog.explainer(named: choice.method) else {
      return .failed("no explainer is called \(choice.method)")
    }
    let attribution = try explainer.explain(
      ExplanationRequest(
        model: model, encoding: prediction.encoding,
        target: choice.target, options: request.options)
    ) { _ in }
    return .explained(prediction, attribution)
  }
}

extension ProbeRequest.Question {
  /// Somebody looks at an open prompt; the rest begins after a pause, so that typing is not slowed
  /// down.
  var isWaitedFor: Bool {
    switch self {
    case .neighbours, .word, .trace: true
    case .trajectory, .flips, .phrase, .robustness, .explain: false
    }
  }
}
