internal import Classifiers
internal import Reports
internal import TerminalUI

/// The lines of the page of candidates, the best candidate first.
struct CandidateLines {
  let lines: [FindingLine]

  /// The number of rows below the list, which explain why a candidate is ranked above the next.
  static let footRows = 3

  init(_ state: State) {
    let ranking = state.ranking
    guard state.document.isPair, !ranking.isEmpty else {
      lines = [
        FindingLine(
          "\(state.catalog.keymap.keyName(of: .addCandidate)) adds a candidate to rank for "
            + state.name(ofPart: 0), Style(.dim))
      ]
      return
    }
    let digits = state.digits(of: ranking.compactMap(\.score))
    lines = ranking.enumerated().map { place, candidate in
      let score = candidate.score.map { Numerals.fixed($0, digits) } ?? "scoring"
      return FindingLine([
        .init("\(place + 1)", Style(.dim)),
        .init(score, Style(candidate.score == nil ? .dim : .text), column: 4),
        .init(candidate.isPresent ? "B" : "", Style(.key, .bold), column: 13),
        .init(candidate.text, Style(.text), column: 15),
      ])
    }
  }
}

/// A few rows that explain why the selected candidate is ranked above the next one.
struct CandidateFoot {
  let rows: [String]

  init(_ state: State, columns: Int) {
    guard let (first, second) = state.contrastedCandidates, let a = first.score,
      let b = second.score
    else {
      rows = []
      return
    }
    let ranking = state.ranking
    let place = (ranking.firstIndex(of: first) ?? 0) + 1
    let head =
      "\(place) ranks above \(place + 1) by "
      + state.difference(from: b, to: a, atLeast: state.digits(of: ranking.compactMap(\.score)))
    guard let contrast = state.candidateContrast else {
      rows = [head + "; explaining both"]
      return
    }
    func words(_ words: [CandidateContrast.Word]) -> String {
      words.map {
        "\($0.text.trimmed(to: 16, state.signs.ellipsis)) "
          + Numerals.score($0.score, isSigned: state.isShownSigned)
      }.joined(separator: ", ")
    }
    let text =
      head + ". Words of \(state.name(ofPart: 0)) that favour \(place): "
      + "\(words(contrast.shared)). In \(place): \(words(contrast.first)). "
      + "In \(place + 1): \(words(contrast.second))."
    rows = text.wrapped(columns: columns).limited(
      rows: CandidateLines.footRows, columns: columns, state.signs.ellipsis)
  }
}
