internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers

extension State {
  /// Takes in what happened; the result is what the world has to do.
  ///
  /// - Parameter seconds: since the start, for the log.
  public mutating func update(_ event: Event, at seconds: Double = 0) -> [Effect] {
    var effects: [Effect] = []
    now = max(now, seconds)
    note(event)
    switch event {
    case .terminal(let event): hear(event, &effects)
    case .typed(let keys): hear(keys, &effects)
    case .modelLoaded(let summary): learn(summary, &effects)
    case .otherModelLoaded(let summary): learnOther(summary, &effects)
    case .modelFailed(let reason): modelFailed(reason, &effects)
    case .completions(let text, let found): take(found, for: text)
    case .tick(let opened, let passes, let measured):
      (openedShare, jobPasses, trustPasses) = (opened, passes, measured)
    case .measuring(let progress): take(progress)
    case .predicted(let answer): take(answer)
    case .predictionFailed(let asked, let reason):
      if asked == edition { predictionProblem = reason }
    case .otherPredictionFailed(let asked, let reason):
      if asked == edition { compare.other?.problem = reason }
    case .explanationExpected(let asked, let passes): if asked == job { expectedPasses = passes }
    case .explained(let answer): take(answer)
    case .explanationFailed(let failed, let reason, let instead):
      if failed == job {
        job = nil
        ended[failed.choice] = reason
        self.instead[failed.choice] = instead
      }
    case .removed(let answer): take(answer)
    case .dataset(let event): take(event)
    case .rested: errors.held = nil
    case .export(let event): take(event)
    case .trusted(let answer): take(answer)
    case .probed(let answer): take(answer)
    case .themes(let names, let current, let isMonochrome):
      (themes, theme, isThemeMonochrome) = (names, current, isMonochrome)
    case .abilities(let abilities): self.abilities = abilities
    case .notice(let text): message = Message(kind: .notice, text: text)
    case .problem(let text): message = Message(kind: .error, text: text)
    case .painted(let seconds): latency = seconds
    case .drew: return []
    case .saveFailed(let reason): overlay = Confirmation.quitUnsaved(reason: reason)
    case .terminate(let status): effects += [.save(session), .quit(status: status)]
    }
    settle(&effects)
    return effects
  }

  /// What is kept for the next start.
  public var session: Session {
    var target = wantedClass
    if let summary {
      if case .fixed(let index) = classChoice {
        target = summary.className(index)
      } else {
        target = nil
      }
    }
    var session = Session(
      text: editor.text, cursor: editor.cursor, explainer: method, targetClass: target,
      theme: chosenTheme, recentModels: recentModels.isEmpty ? nil : recentModels)
    session.edits = editor.keptEdits
    session.contrast = contrastToKeep
    session.settings = settingsToKeep
    session.model = summary == nil ? wantedModel : summary?.argument
    session.screen = screen.rawValue
    session.data = errors.source.path
    session.dataSessions = keptDataSessions
    session.texts = findings.historyCount == 0 ? nil : textsOfHistory
    session.classMaps = classMaps.isEmpty ? nil : classMaps
    session.usedCommands = usedCommands.isEmpty ? nil : usedCommands
    return session
  }

  private mutating func take(_ answer: PredictionAnswer) {
    guard answer.edition == edition else { return }
    guard answer.seat == .main else {
      compare.other?.prediction = answer
      compare.other?.problem = nil
      return
    }
    if let prediction, prediction.edition != edition {
      let isOfText = !prediction.prediction.encoding.text.allSatisfy(\.isWhitespace)
      previousProbabilities = isOfText ? prediction.prediction.probabilities : nil
    }
    prediction = answer
    wholeProbabilities = answer.whole
    predictionProblem = nil
    if !isBlank { history.append(answer.prediction.probabilities) }
    if history.count > 64 { history.removeFirst(history.count - 64) }
  }

  private mutating func take(_ answer: ExplanationAnswer) {
    guard answer.job == job, answer.job.edition == edition,
      let prediction = reading(by: answer.job.choice.seat), prediction.edition == edition,
      answer.attribution.scores.count == prediction.prediction.encoding.pieces.count
    else { return }
    let encoding = prediction.prediction.encoding
    let explanation = Explanation(
      job: answer.job, text: encoding.text, attribution: answer.attribution,
      map: HeatMap(
        pieces: encoding.pieces, scores: answer.attribution.scores,
        showsSpecials: showsSpecials, off: off),
      seconds: answer.seconds, isFinal: answer.isFinal)
    explanations[answer.job.choice] = explanation
    if answer.isFinal {
      job = nil
      times[answer.job.choice.method] = answer.seconds
    }
  }

  private mutating func take(_ answer: RemovalAnswer) {
    guard answer.edition == edition else { return }
    removalRequest = nil
    for (group, probabilities) in zip(answer.groups, answer.probabilities) {
      removals[group] = probabilities
    }
  }

  /// The text became another one: no result of the older one may be taken for its own.
  mutating func textChanged(from before: String) {
    edition += 1
    let move = CarriedRanges(from: before, to: editor.text)
    keepSelection(move)
    if let shown {
      let ranges = carried ?? shown.map.units.map { $0.utf8Range }
      carried = ranges.map { $0.flatMap { move.range($0) } }
    }
    if !experiment.isEmpty {
      experiment = experiment.carried(by: move)
    }
    keepExperiment()
    carryPhrases(from: before)
    forgetResults()
  }

  /// Of the edition before.
  mutating func forgetResults() {
    keepOlderMeasures()
    explanations = [:]
    ended = [:]
    instead = [:]
    forced = []
    removals = [:]
    removalRequest = nil
    forgetTrust()
    forgetFindings()
  }
}
