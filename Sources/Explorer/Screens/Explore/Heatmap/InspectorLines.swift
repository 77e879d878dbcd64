internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The details of a token as they are shown.
struct InspectedToken: Sendable, Equatable {
  var job: ExplanationJob
  /// The time of the explanation, which is refined within a job.
  var seconds: Double
  var unit: Int
  var isMeasured: Bool
  var parts: Parts

  struct Parts: Sendable, Equatable {
    var score: String
    var pieces = ""
    var removal = ""
  }
}

extension State {
  /// Stores the shown details of the selected token, if they are about the present text.
  mutating func keepInspected() {
    guard layer.showsMap, let shown = explanations.shown,
      explanations.settled?.job == shown.job,
      explanations.settled?.seconds == shown.seconds, !isShownStale, let index = currentUnit,
      let unit = shown.map.units.element(at: index)
    else { return }
    let isMeasured = removals.probabilities[unit.pieces] != nil
    let isKnown =
      explore.inspected?.job == shown.job && explore.inspected?.seconds == shown.seconds
      && explore.inspected?.unit == index && explore.inspected?.isMeasured == isMeasured
    guard !isKnown, let parts = InspectorLines(self).parts() else { return }
    explore.inspected = InspectedToken(
      job: shown.job, seconds: shown.seconds, unit: index, isMeasured: isMeasured, parts: parts)
  }
}

/// The details of the current token: its score and rank, its pieces, and the prediction without it.
struct InspectorLines {
  @Shared private var state: State

  init(_ state: State) { _state = Shared(wrappedValue: state) }

  /// Draws the details in two lines.
  func draw(at place: Position, columns: Int, on picture: inout Picture) {
    guard let parts = parts() else { return }
    let first = [parts.score, parts.pieces].filter { !$0.isEmpty }.joined(separator: "  ")
    picture.frame.write(first, at: place, maxColumns: columns)
    picture.frame.write(
      parts.removal, at: Position(column: place.column, row: place.row + 1), style: Style(.dim),
      maxColumns: columns)
  }

  /// Draws the details in one line, the less important ones last.
  func drawOneLine(at place: Position, columns: Int, on picture: inout Picture) {
    guard let parts = parts() else { return }
    var column = place.column
    for part in [parts.score, parts.removal, parts.pieces] where !part.isEmpty {
      let isWhole =
        column == place.column
        || column + DisplaySafe.columns(of: part) <= place.column + columns
      guard isWhole else { return }
      column += picture.frame.write(
        part + "  ", at: Position(column: column, row: place.row), style: Style(.dim),
        maxColumns: place.column + columns - column)
    }
  }

  func parts() -> InspectedToken.Parts? {
    // An older map keeps the details that were shown with it.
    if state.isShownStale, let inspected = state.explore.inspected,
      inspected.job == state.explanations.shown?.job,
      state.explore.focus == .editor || inspected.unit == state.currentUnit
    {
      return inspected.parts
    }
    guard let shown = state.explanations.shown, let index = state.currentUnit,
      let unit = shown.map.units.element(at: index)
    else { return nil }
    let rank = (shown.map.ranking.firstIndex(of: index) ?? 0) + 1
    let word = state.text(of: unit, in: shown).trimmed(to: 32, state.signs.ellipsis)
    if unit.isOff {
      return InspectedToken.Parts(
        score: "\(word)  switched off: the model does not read it", removal: "Space puts it back")
    }
    let instead = state.isSwapped(unit) ? state.original(of: unit) : nil
    let note = instead.map { " (was \($0.trimmed(to: 24, state.signs.ellipsis)))" } ?? ""
    let score =
      "\(word)\(note)  \(Numerals.score(unit.score, isSigned: state.isShownSigned))"
      + (shown.attribution.standardError(of: unit.pieces).map {
        " \(state.signs.plusMinus)\(Numerals.score($0, isSigned: false))"
      } ?? "") + "  rank \(rank) of \(shown.map.units.count)"
    return InspectedToken.Parts(
      score: score, pieces: pieces(of: unit, in: shown) ?? "", removal: removal(of: unit))
  }

  private func pieces(of unit: HeatUnit, in shown: Explanation) -> String? {
    guard !state.isShownStale, let encoding = state.predictions.latest?.prediction.encoding else {
      return nil
    }
    let pieces = unit.pieces.compactMap { index in
      encoding.pieces.element(at: index).map { (piece: $0, score: shown.attribution.scores[index]) }
    }
    let names = pieces.map { entry in
      let score =
        pieces.count > 1 ? " " + Numerals.score(entry.score, isSigned: state.isShownSigned) : ""
      let unknown = state.summary?.unknownID == entry.piece.id ? " (unknown to the model)" : ""
      let text = entry.piece.text.trimmed(to: 24, state.signs.ellipsis)
      return (pieces.count == 1 ? "token \"\(text)\"" : text) + unknown + score
    }
    return (pieces.count == 1 ? "" : "model reads: ") + names.joined(separator: ", ")
  }

  private func removal(of unit: HeatUnit) -> String {
    guard let target = state.shownClass, state.isPredictionFresh, !state.document.isBlank,
      let now = state.predictions.latest?.prediction.probabilities.element(at: target)
    else { return "" }
    let name = state.quantityName(of: target)
    guard let without = state.removals.probabilities[unit.pieces]?.element(at: target) else {
      return "without it: measuring" + state.signs.ellipsis
    }
    return "without it: \(name) \(state.change(from: now, to: without))"
  }
}
