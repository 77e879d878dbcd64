internal import Attribution
internal import Datasets
internal import Reports
internal import TerminalUI
internal import Tokenizers
package import Workbench

/// Ranking candidates for the first text as the user types, and explaining why one is ranked above
/// the next.
extension State {
  /// A candidate with its place in the ranking.
  struct RankedCandidate: Sendable, Equatable {
    var text: String
    /// nil until the model has answered.
    var score: Float?
    /// Whether it is the text of the second field.
    var isPresent: Bool
  }

  /// The candidates and the present second text, the best first.
  var ranking: [RankedCandidate] {
    guard let target = targetClass else { return [] }
    let present = document.texts.pair ?? ""
    let key = document.edited.first
    let own = isPredictionFresh ? targetProbability : nil
    var all = findings.candidates.texts.map { text in
      let isPresent = text == present
      return RankedCandidate(
        text: text,
        score: isPresent ? own : findings.candidates.score(of: text, beside: key, target),
        isPresent: isPresent)
    }
    if !present.allSatisfy(\.isWhitespace), !all.contains(where: \.isPresent) {
      all.append(RankedCandidate(text: present, score: own, isPresent: true))
    }
    return RankCandidates.order(of: all.map(\.score)).map { all[$0] }
  }

  /// The selected candidate and the next one in the ranking; for the last one, the one before it
  /// and itself.
  var contrastedCandidates: (first: RankedCandidate, second: RankedCandidate)? {
    let ranking = ranking
    guard ranking.count > 1 else { return nil }
    let selected = min(max(0, findings.list(.candidates).selection), ranking.count - 1)
    let first = selected == ranking.count - 1 ? selected - 1 : selected
    return (ranking[first], ranking[first + 1])
  }

  /// The question that the page of candidates needs answered next.
  var questionOfCandidates: (any AskedQuestion)? {
    guard document.isPair, let target = targetClass, let choice else { return nil }
    let missing = ranking.filter { $0.score == nil && !$0.isPresent }.map(\.text)
    guard missing.isEmpty else {
      let question = RankCandidates(
        document.edited.first, candidates: missing, classIndex: target)
      // A running question goes on if its remaining candidates cover the missing ones.
      let running = asked.question(in: .whatIf) as? RankCandidates
      return running.flatMap { $0.covers(question) ? $0 : nil } ?? question
    }
    let question = contrastQuestion(choice)
    return question == findings.candidates.contrast?.question ? nil : question
  }

  private func contrastQuestion(_ choice: ExplanationChoice) -> ContrastCandidates? {
    guard isApplicable, let (first, second) = contrastedCandidates else { return nil }
    return ContrastCandidates(
      document.edited.first, first: first.text, second: second.text, choice,
      options: settings.options)
  }

  /// Why the selected candidate is ranked where it is; nil until it is known.
  var candidateContrast: CandidateContrast? {
    guard let choice, let known = findings.candidates.contrast,
      known.question == contrastQuestion(choice)
    else { return nil }
    return known.found
  }

  // MARK: Actions

  mutating func add(candidates new: [String]) {
    let count = findings.candidates.add(new)
    if !document.isPair { toggleSecondText() }
    if findings.page != .candidates {
      explore.focus = .heatmap
      show(.candidates)
    }
    explore.focus = .findings
    say(
      count == 0
        ? "this text is already a candidate"
        : "\(Numerals.count(findings.candidates.texts.count, "candidate")) for \(name(ofPart: 0))")
  }

  /// The second texts of the data set's rows that have the same first text.
  var candidatesFromData: [String] {
    guard let table = dataset.table else { return [] }
    let query = document.texts.text
    var found: [String] = []
    for row in 0..<table.count where found.count < Candidates.most {
      let content = table.content(ofRow: row)
      if content.text == query, let pair = content.secondText { found.append(pair) }
    }
    return found
  }

  /// Enter: makes the selected candidate the second text; the previous second text becomes a
  /// candidate.
  mutating func openCandidate() {
    guard let chosen = ranking.element(at: findings.list(.candidates).selection) else { return }
    guard !chosen.isPresent else { return say("this is already \(name(ofPart: 1))") }
    _ = findings.candidates.add([document.texts.pair ?? ""])
    replaceTexts(with: JoinedTexts(text: document.texts.text, pair: chosen.text))
    say("the candidate is now \(name(ofPart: 1)); u undoes it")
  }

  mutating func removeCandidate() {
    guard findings.page == .candidates, explore.focus == .findings,
      let chosen = ranking.element(at: findings.list(.candidates).selection)
    else { return say("\(catalog.keymap.keyName(of: .showFinding(.candidates))) lists candidates") }
    guard !chosen.isPresent || findings.candidates.texts.contains(chosen.text) else {
      return say("this is the text in the second field")
    }
    findings.candidates.remove(chosen.text)
    say("candidate removed: \(chosen.text.trimmed(to: 40, signs.ellipsis))")
  }
}

extension RankCandidates: PageQuestion {
  static var page: Finding { .candidates }

  /// Whether this question's answer includes the other's.
  fileprivate func covers(_ other: RankCandidates) -> Bool {
    (text, classIndex) == (other.text, other.classIndex)
      && Set(candidates).isSuperset(of: other.candidates)
  }

  package func receive(
    _ answer: [Float], isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.findings.candidates.receive(answer, to: self) }
}

extension ContrastCandidates: PageQuestion {
  static var page: Finding { .candidates }

  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.findings.candidates.receive(answer, to: self) }
}

extension Action {
  static let removeCandidate = Action("remove candidate", isAboutPresentText: true) { state, _ in
    state.removeCandidate()
  }
  static let addCandidate = Action("add candidate", isAboutPresentText: true) { state, _ in
    state.overlay = CandidatePrompt(
      fromData: state.candidatesFromData, isPlain: state.terminal.abilities.isPlain)
  }
}
