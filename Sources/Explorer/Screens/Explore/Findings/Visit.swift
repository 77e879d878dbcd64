internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// A text of the history, with its results.
struct Visit: Sendable, Equatable {
  var edition: Edition
  /// The undo steps that led to it, one per field.
  var versions: [Int]
  var texts: JoinedTexts
  var experiment: Experiment
  var prediction: PredictionAnswer
  var whole: [Float]?
  var explanation: Explanation

  /// The text, or the joined layout of both texts.
  var text: String { texts.joined }
}

/// The history of explained texts.
extension State {
  static let mostVisits = 200

  /// The present text as a visit; nil until all its results have arrived.
  var presentVisit: Visit? {
    guard isPredictionFresh, let prediction = predictions.latest, let choice,
      let explanation = explanations.results[choice],
      explanation.isFinal
    else { return nil }
    return Visit(
      edition: document.edition, versions: document.versions, texts: document.texts,
      experiment: document.experiment,
      prediction: prediction, whole: predictions.whole, explanation: explanation)
  }

  /// Adds the present text to the history once its results have arrived. Further typing within one
  /// undo step replaces the last entry.
  mutating func rememberVisit() {
    guard layer.showsMap, findings.visited == nil, let visit = presentVisit else { return }
    if let last = findings.visits.last {
      let isSame =
        last.texts.hasBytes(of: visit.texts) && last.experiment == visit.experiment
      if last.edition == visit.edition || last.versions == visit.versions || isSame {
        findings.visits.removeLast()
      }
    }
    findings.visits.append(visit)
    if findings.visits.count > Self.mostVisits { findings.visits.removeFirst() }
    guard findings.page != .history || explore.focus != .findings else { return }
    findings.lists[.history] = ListScroll(selection: findings.historyCount - 1)
  }

  /// Shows the text of the selected line of the history; the last line is the present text.
  mutating func visitSelected() {
    let count = findings.historyCount
    let selected = findings.list(.history).selection
    findings.visited = selected < count - 1 ? selected : nil
    guard let visited = findings.visited else { return }
    let kind = visited < findings.earlier.count ? "a text from an earlier session" : "an older text"
    say("step \(selected + 1) of \(count), \(kind): Enter restores it, Esc goes back")
  }

  /// The visit that is shown instead of the present text.
  var visit: Visit? {
    guard findings.page == .history, explore.focus == .findings else { return nil }
    return findings.visited.flatMap { findings.visits.element(at: $0 - findings.earlier.count) }
  }

  /// The texts of the history's entry that is shown instead of the present text.
  var visitedTexts: JoinedTexts? {
    guard findings.page == .history, explore.focus == .findings else { return nil }
    return findings.visited.flatMap { findings.earlier.element(at: $0) } ?? visit?.texts
  }

  /// Every text of the history, the newest last.
  var textsOfHistory: [JoinedTexts] { findings.earlier + findings.visits.map(\.texts) }

  /// Enter: makes the selected text of the history the present one, which can be undone.
  mutating func restoreVisit() {
    guard let texts = visitedTexts else { return say("the arrows go back to older texts") }
    let tried = visit?.experiment ?? Experiment()
    findings.visited = nil
    let before = document.texts
    document.replace(with: texts)
    textChanged(from: before)
    document.experiment = tried
    document.keepExperiment()
    predictions.whole = nil
    predictions.beginWithOtherText()
    say("text of step \(findings.list(.history).selection + 1) restored; u undoes it")
  }

  /// The state as it was at a visit, for drawing.
  func state(at visit: Visit) -> State {
    var past = self
    past.document = document.showing(visit.texts)
    past.document.edition = visit.edition
    past.document.experiment = visit.experiment
    past.predictions.latest = visit.prediction
    past.predictions.whole = visit.whole
    past.predictions.problem = nil
    (past.explanations.shown, past.explanations.settled) = (visit.explanation, visit.explanation)
    past.explanations.results = [visit.explanation.job.choice: visit.explanation]
    (past.explanations.carried, past.explanations.replaced, past.explanations.job) = (nil, nil, nil)
    (past.removals.probabilities, past.explanations.ended) = ([:], [:])
    (past.removals.older, past.explore.inspected) = (nil, nil)
    past.trust.forget()
    past.findings.results = FindingResults()
    return past
  }
}
