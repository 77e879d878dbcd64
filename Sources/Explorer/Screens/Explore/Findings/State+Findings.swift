internal import Attribution
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The pane of findings: opening pages, going through their lines, applying what they offer.
extension State {
  /// Opens a page; closes the pane if the page is open and has the focus.
  mutating func show(_ page: Finding) {
    guard findings.page != page || explore.focus != .findings else { return closeFindings() }
    show(.explore)
    findings.page = page
    explore.focus = .findings
    findings.visited = nil
    if page == .history {
      findings.lists[.history] = ListScroll(selection: max(0, findings.historyCount - 1))
    }
  }

  mutating func cycleFindings(by step: Int) {
    let all = findingPages
    guard let page = findings.page, let index = all.firstIndex(of: page) else {
      return show(step > 0 ? all[0] : all[all.count - 1])
    }
    explore.focus = .heatmap
    show(all[(index + step + all.count) % all.count])
  }

  /// The available pages; those about two texts only for a pair, or while they are open.
  var findingPages: [Finding] {
    let ofPair: Set<Finding> = [.interactions, .candidates]
    return Finding.allCases.filter {
      !ofPair.contains($0) || document.isPair || findings.page == $0
    }
  }

  mutating func closeFindings() {
    findings.page = nil
    findings.visited = nil
    if explore.focus == .findings { explore.focus = .heatmap }
  }

  /// Esc: returns to the present text first, then closes the pane.
  ///
  /// - Returns: false if there was nothing to leave.
  mutating func leaveFindings() -> Bool {
    if findings.phraseAnchor != nil {
      findings.phraseAnchor = nil
      say("phrase cancelled")
      return true
    }
    guard findings.page != nil, layer.showsMap, explore.focus == .findings else { return false }
    if findings.visited != nil {
      findings.visited = nil
      findings.lists[.history] = ListScroll(selection: max(0, findings.historyCount - 1))
      say("back to the present text")
    } else {
      closeFindings()
    }
    return true
  }

  mutating func moveInFindings(_ movement: Movement) {
    guard let page = findings.page else { return }
    let rows = findingRows
    if page == .trajectory {
      let isOneStep = movement == .up || movement == .down
      return moveInHeatmap(isOneStep ? (movement == .up ? .left : .right) : movement)
    }
    if page == .curve { return moveInCurve(movement) }
    let count = findingCount
    var list = findings.list(page)
    if page == .xray || page == .pair || page == .phrase || page == .interactions {
      // These pages are read, not chosen from, so the lines scroll.
      list.scroll(
        by: moved(list.first, movement, count: count, page: rows) - list.first,
        count: count, rows: rows)
    } else {
      list.select(
        moved(list.selection, movement, count: count, page: rows), by: movement, count: count,
        rows: rows, isWhole: spans(ExploreLayout(self).findings))
    }
    findings.lists[page] = list
    if page == .history { visitSelected() }
  }

  mutating func scrollFindings(by rows: Int) {
    guard let page = findings.page, page != .trajectory, page != .curve else { return }
    var list = findings.list(page)
    let count = findingCount
    list.scroll(by: rows, count: count, rows: findingRows)
    findings.lists[page] = list
  }

  /// Enter on a line.
  mutating func openFinding() {
    switch findings.page {
    case nil: break
    case .trajectory, .curve: explore.focus = .heatmap
    case .history: restoreVisit()
    case .candidates: openCandidate()
    case .flips, .robustness:
      let index = findings.list(findings.page ?? .flips).selection
      guard let line = findingLines.element(at: index), !line.edits.isEmpty else {
        return say("nothing to try here")
      }
      apply(line.edits)
      say("change applied; u undoes it")
    case .interactions: changeInteractionMethod()
    case .phrase, .xray, .pair: break
    }
  }

  mutating func pressOnFinding(line index: Int) {
    guard let page = findings.page else { return }
    explore.focus = .findings
    var list = findings.list(page)
    list.select(index, count: findingLines.count, rows: findingRows)
    findings.lists[page] = list
    if page == .history { visitSelected() }
  }

  /// The number of visible lines of a page.
  var findingRows: Int {
    max(1, ExploreLayout(self).findings.size.rows - 2 - rowsBelowFindings)
  }

  /// The rows below the list of a page.
  var rowsBelowFindings: Int {
    guard findings.page == .candidates, !findings.candidates.texts.isEmpty else { return 0 }
    return min(CandidateLines.footRows, max(0, ExploreLayout(self).findings.size.rows - 5))
  }

  /// The number of lines of the open page.
  private var findingCount: Int {
    switch findings.page {
    case .pair: pairRows
    case .interactions:
      findings.results.interactions.map { InteractionsGrid($0, state: self).rows } ?? 0
    default: findingLines.count
    }
  }

  /// The lines of the open page.
  var findingLines: [FindingLine] {
    let columns = max(20, ExploreLayout(self).findings.size.columns - 4)
    return switch findings.page {
    case .flips: flipsBySwaps ? SwapLines(self).lines : FlipLines(self).lines
    case .phrase: PhraseLines(self, columns: columns).lines
    case .xray: XRayLines(self, columns: columns).lines
    case .robustness: RobustnessLines(self).lines
    case .history: HistoryLines(self).lines
    case .candidates: CandidateLines(self).lines
    case .trajectory, .pair, .interactions, .curve, nil: []
    }
  }

  // MARK: Results

  /// The question that the open page needs answered next.
  func questionOfPage(_ target: Int) -> (any AskedQuestion)? {
    // The pages of a kept text and of candidates decide themselves whether they are up to date.
    guard let page = findings.page, layer.showsMap,
      page == .pair || page == .candidates || !findings.results.done.contains(page),
      findings.results.problems[page] == nil
    else { return nil }
    let text = document.edited
    switch page {
    case .trajectory: return MeasureTrajectory(text, classIndex: target)
    case .flips:
      return flipsBySwaps
        ? FindSwaps(text, classIndex: target) : FindFlips(text, classIndex: target)
    case .xray: return TraceText(text)
    case .robustness: return MeasureRobustness(text, classIndex: target)
    case .phrase:
      guard findings.phraseAnchor == nil, let phrase = findings.phrases.last else { return nil }
      let other = findings.phrases.dropLast().last
      return MeasurePhrase(phrase, and: other, in: text, classIndex: target)
    case .pair:
      guard let pinned = findings.pinned, let choice,
        pinned.explanation.job.choice != choice
          || pinned.explanation.job.options != settings.options, isApplicable
      else { return nil }
      return ExplainText(
        EditedText(pinned.texts, off: pinned.experiment.off), choice, options: settings.options)
    case .interactions: return questionOfInteractions
    case .candidates: return questionOfCandidates
    case .curve: return questionOfCurves
    case .history: return nil
    }
  }

  /// Stores a result for a page.
  mutating func receive(
    for page: Finding, isFinal: Bool, _ keep: (inout FindingResults) -> Void
  ) {
    keep(&findings.results)
    if isFinal { findings.results.done.insert(page) }
  }

  /// Drops the results for another text or class.
  mutating func forgetFindings() {
    findings.results = FindingResults()
    findings.results.classIndex = targetClass
  }

  /// Drops another model's results for older texts; the texts stay.
  mutating func forgetTexts() {
    forgetFindings()
    findings.earlier = Array(textsOfHistory.suffix(Self.mostVisits))
    (findings.visits, findings.visited, findings.pinned) = ([], nil, nil)
    findings.candidates.forgetAnswers()
    (explore.selectedUnit, explore.tokensTop, explore.heatScroll) = (0, 0, nil)
    explore.selectionOffset = nil
  }

  mutating func settleFindings() {
    if findings.results.classIndex != targetClass {
      let trace = findings.results.trace
      forgetFindings()
      if let trace {
        findings.results.trace = trace
        findings.results.done.insert(.xray)
      }
    }
    if findings.visited != nil, visitedTexts == nil { findings.visited = nil }
    rememberVisit()
  }

  /// The progress of the open page, for its border.
  var findingProgress: String {
    guard let page = findings.page else { return "" }
    let results = findings.results
    if results.problems[page] != nil || obstacleToProbes != nil { return "" }
    func share(_ tried: Int, _ expected: Int) -> String {
      let text = "\(Numerals.grouped(tried)) of \(Numerals.grouped(max(tried, expected))) tried"
      return asked.isOpen(.whatIf) ? text + about(passes: expected - tried) : text
    }
    func about(passes: Int) -> String {
      guard let cost = cost(ofPasses: passes), cost.isLong else { return "" }
      return ", about \(Numerals.duration(seconds: cost.seconds))"
    }
    switch page {
    case .trajectory:
      guard let found = results.trajectory else { return asked.isOpen(.whatIf) ? "measuring" : "" }
      return results.done.contains(page)
        ? Numerals.count(found.words.count, "word")
        : "\(found.measured) of \(found.words.count) words"
    case .flips:
      if flipsBySwaps { return results.swaps.map { share($0.tried, $0.expected) } ?? "searching" }
      return results.flips.map { share($0.tried, $0.expected) } ?? "searching"
    case .robustness: return results.robustness.map { share($0.tried, $0.expected) } ?? "trying"
    case .phrase:
      guard !findings.phrases.isEmpty, let reading = results.phrase else { return "" }
      let passes = "\(Numerals.grouped(reading.evaluations)) passes"
      return results.done.contains(page) ? passes : "measuring, " + passes
    case .xray: return results.trace.map { Numerals.count($0.encoding.pieces.count, "piece") } ?? ""
    case .history:
      return "step \(findings.list(.history).selection + 1) of \(findings.historyCount)"
    case .interactions:
      return results.interactions.map { "\(Numerals.grouped($0.evaluations)) passes" }
        ?? (document.isPair ? "measuring" + about(passes: passesOfInteractions) : "")
    case .candidates:
      let count = ranking.count { $0.score == nil }
      return count == 0 ? "" : "\(Numerals.grouped(count)) to rank" + about(passes: count)
    case .curve: return curvesProgress
    case .pair: return ""
    }
  }
}
