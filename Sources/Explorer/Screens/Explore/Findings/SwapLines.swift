internal import Attribution
internal import Reports
internal import TerminalUI
internal import Workbench

extension State {
  /// Whether flips are searched among swaps of atoms and groups, not among words.
  var flipsBySwaps: Bool {
    showsMolecule && !document.isBlank && smilesProblem == nil && off.isEmpty
  }
}

/// The lines of the page of flips for a molecule: the fewest swaps of atoms and groups that flip
/// the prediction.
struct SwapLines {
  let lines: [FindingLine]

  init(_ state: State) {
    guard let found = state.findings.results.swaps else {
      lines = [FindingLine("trying other groups at every atom", Style(.dim))]
      return
    }
    if found.isUndecided {
      lines = [FindingLine("a regression has no class that could flip", Style(.dim))]
      return
    }
    let column = state.outcomeColumn
    let isDone = state.findings.results.done.contains(.flips)
    let text = state.document.text
    let flips = found.flips.map { flip in
      let names = flip.steps.map { $0.text(arrow: state.signs.arrow) }.joined(separator: ", ")
      return FindingLine(
        [.init(names.trimmed(to: max(8, column - 2), state.signs.ellipsis))]
          + state.outcome(flip.probabilities, column: column),
        edits: [TextEdit.swapping(flip.steps.count, from: text, to: flip.smiles)])
    }
    guard isDone else {
      lines = flips.isEmpty ? [FindingLine("nothing found yet", Style(.dim))] : flips
      return
    }
    lines = flips + [FindingLine(Self.summary(found), Style(.dim))]
  }

  /// A sentence about what was tried, which the list does not show.
  private static func summary(_ found: SwapSearch.Result) -> String {
    let singles = Numerals.grouped(found.singles)
    if found.singles == 0 { return "no atom has a common replacement" }
    if found.flips.isEmpty {
      return
        "no flip in \(singles) single swaps, nor in the sets of up to \(found.swaps) that were tried"
    }
    return found.swaps == 1
      ? "all \(singles) single swaps were tried: these flip the class"
      : "none of \(singles) single swaps flips the class; these sets of \(found.swaps) do"
  }
}
