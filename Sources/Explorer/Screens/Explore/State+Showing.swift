internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The display options of the map and the tokens.
extension State {
  /// Moves the focus to a pane of Explore, from any screen.
  mutating func look(at pane: Pane) {
    show(.explore)
    if pane == .tokens, findings.page != nil { closeFindings() }
    explore.focus = pane
    reveal()
  }

  /// Replaces the text by the next example.
  mutating func showNextExample() {
    if document.isPair, let pair = summary?.pairs?.example {
      replaceTexts(with: pair)
      explore.selectionOffset = 0
      return say("example texts; u restores the old ones")
    }
    let texts = showsMolecule ? KnownDrug.all.map(\.smiles) : Session.examples
    guard !texts.isEmpty else { return }
    let next = (texts.firstIndex(of: document.text) ?? -1) + 1
    replaceText(with: texts[next % texts.count])
    explore.selectionOffset = 0
    say("example \(next % texts.count + 1) of \(texts.count); u restores the old text")
  }

  mutating func toggleScale() {
    explore.scale = explore.scale == .text && scaleValue > 0 ? .fixed(scaleValue) : .text
    let value = Numerals.score(scaleValue, isSigned: false)
    say(
      explore.scale == .text ? "scale: the largest score of this text" : "scale: fixed at \(value)")
  }

  mutating func toggleSignRow() {
    terminal.signRow = !terminal.showsSignRow
    say(terminal.showsSignRow ? "sign row on" : "sign row off")
  }

  mutating func toggleValues() {
    explore.showsValues.toggle()
    say(explore.showsValues ? "scores under the text" : "scores hidden")
  }

  mutating func toggleTokenOrder() {
    explore.tokenOrder = explore.tokenOrder == .score ? .text : .score
    explore.tokensTop = 0
    say(explore.tokenOrder == .score ? "tokens by score" : "tokens in the order of the text")
  }

  mutating func toggleSpecials() {
    explanations.showsSpecials.toggle()
    regroup()
    say(
      explanations.showsSpecials
        ? "special tokens are shown apart" : "special tokens are counted in their word")
  }

  /// Recreates the maps from the scores.
  private mutating func regroup() {
    guard let encoding = predictions.latest?.prediction.encoding.joined else { return }
    let off = off
    for (choice, explanation) in explanations.results {
      let pieces = reading(by: choice.seat)?.prediction.encoding.joined.pieces ?? encoding.pieces
      explanations.results[choice]?.map = HeatMap(
        pieces: pieces, scores: explanation.attribution.scores,
        showsSpecials: explanations.showsSpecials, off: off)
    }
    if let before = explanations.replaced?.explanation, before.job.edition == document.edition {
      explanations.replaced?.explanation.map = HeatMap(
        pieces: encoding.pieces, scores: before.attribution.scores,
        showsSpecials: explanations.showsSpecials, off: off)
    }
    if isShownStale { explanations.shown = nil }
    explore.selectedUnit = 0
    explore.tokensTop = 0
  }

  mutating func computeAgain() {
    if let page = findings.page, explore.focus == .findings {
      findings.results.done.remove(page)
      findings.results.problems[page] = nil
      if page == .curve { findings.results.curves = [:] }
      return
    }
    guard let choice, isPredictionFresh else { return }
    keepReplaced()
    explanations.askAgain(for: choice)
    trust.measureAgain(choice)
  }
}
