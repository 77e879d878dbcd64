internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

extension State {
  /// `dull → good`, `without never … at all`: a description of edits of the present text.
  func words(of edits: [TextEdit], columns: Int) -> String {
    let text = document.text
    let removed = edits.filter { $0.replacement == nil }.map { text.utf8Text($0.utf8Range) }
    var parts: [String] = []
    if !removed.isEmpty {
      parts.append(
        "without " + removed.map { $0.trimmed(to: 18, signs.ellipsis) }.joined(separator: ", "))
    }
    var deleted: [String] = []
    for edit in edits {
      guard let replacement = edit.replacement else { continue }
      let old = text.utf8Text(edit.utf8Range)
      if old.utf8.count == text.utf8.count, replacement == text.uppercased() {
        parts.append("all in capitals")
        continue
      }
      if old.utf8.count == text.utf8.count, replacement == text.lowercased() {
        parts.append("all in lower case")
        continue
      }
      if edits.count > 3 || old.utf8.count > 40 {
        parts.append(
          edits.count > 1 ? "\(edits.count) places" : "the whole text \(signs.arrow) \(replacement)"
        )
        break
      }
      if old.isEmpty {
        parts.append("+ \(replacement)")
      } else if replacement.isEmpty {
        deleted.append(old)
      } else {
        parts.append("\(old) \(signs.arrow) \(replacement)")
      }
    }
    // Joined with `and`, since the deleted text may itself be a comma.
    if !deleted.isEmpty { parts.append("without " + deleted.joined(separator: " and ")) }
    return parts.joined(separator: ", ").trimmed(to: max(8, columns), signs.ellipsis)
  }

  /// `0.71 → 0.38 (-0.33)`, and the class that would be predicted if it changes.
  func outcome(_ probabilities: [Float], column: Int) -> [FindingLine.Part] {
    let target = targetClass ?? 0
    guard let now = targetProbability, let then = probabilities.element(at: target) else {
      return []
    }
    var parts = [FindingLine.Part(change(from: now, to: then), column: column)]
    if isFlipped(probabilities) {
      parts.append(.init("  "))
      parts.append(.init("flips to \(decision(probabilities))", Style(.notice)))
    }
    return parts
  }

  /// The column of the numbers in a page's lines.
  var outcomeColumn: Int { max(24, min(44, ExploreLayout(self).findings.size.columns - 42)) }
}

/// The lines of the page of flips: edits that flip the prediction.
struct FlipLines {
  let lines: [FindingLine]

  init(_ state: State) {
    guard let found = state.findings.results.flips else {
      lines = [FindingLine("searching for changes that flip the class", Style(.dim))]
      return
    }
    if found.isUndecided {
      lines = [FindingLine("a regression has no class that could flip", Style(.dim))]
      return
    }
    let column = state.outcomeColumn
    var result = found.flips.map { flip in
      FindingLine(
        [.init(state.words(of: flip.edits, columns: column - 2))]
          + state.outcome(flip.probabilities, column: column), edits: flip.edits)
    }
    let isDone = state.findings.results.done.contains(.flips)
    if result.isEmpty, isDone {
      result.append(
        FindingLine(
          "no removal or replacement that was tried flips the class", Style(.dim)))
    }
    if found.lacksSwaps, isDone {
      result.append(
        FindingLine("replacements need gradients, which this model does not provide", Style(.dim))
      )
    }
    lines = result.isEmpty ? [FindingLine("nothing found yet", Style(.dim))] : result
  }
}

/// The lines of the page of typos: small changes that keep the meaning, and their effect.
struct RobustnessLines {
  let lines: [FindingLine]

  init(_ state: State) {
    guard let found = state.findings.results.robustness else {
      lines = [FindingLine("trying typos, case, punctuation, repeated letters", Style(.dim))]
      return
    }
    let column = state.outcomeColumn
    let head =
      found.flips == 0
      ? "no change flips the class; those with the largest effect:"
      : "\(found.flips) of \(Numerals.count(found.tried, "change")) flip\(found.flips == 1 ? "s" : "") the class"
    lines =
      [FindingLine(head, Style(.dim))]
      + found.trials.map { trial in
        FindingLine(
          [
            .init(trial.kind.rawValue, Style(.dim)),
            .init(state.words(of: trial.edits, columns: column - 14), column: 12),
          ] + state.outcome(trial.probabilities, column: column), edits: trial.edits)
      }
  }
}

/// The lines of the history: every explained text, the newest last.
struct HistoryLines {
  let lines: [FindingLine]

  init(_ state: State) {
    let (earlier, visits) = (state.findings.earlier, state.findings.visits)
    guard state.findings.historyCount > 0, let summary = state.summary else {
      lines = [FindingLine("no text has been explained yet", Style(.dim))]
      return
    }
    let target = state.targetClass ?? 0
    // Comparing two texts is expensive, so only visible lines are compared.
    let seen = state.findings.list(.history).visible(
      count: state.findings.historyCount, rows: state.findingRows)
    let all = state.textsOfHistory
    // Inside the border, right of the columns before the text.
    let columns = min(60, max(8, ExploreLayout(state).findings.size.columns - 2 - 34))
    let past = earlier.indices.map { index in
      guard seen.contains(index) else { return FindingLine("") }
      let words = Self.line(index, of: all, columns: columns, state.signs.ellipsis)
      return FindingLine([
        .init("\(index + 1)", Style(.dim)), .init("earlier", Style(.dim), column: 5),
        .init(words, Style(.text), column: 34),
      ])
    }
    lines =
      past
      + visits.enumerated().map { index, visit in
        guard seen.contains(earlier.count + index) else { return FindingLine("") }
        let value = visit.prediction.prediction.probabilities.element(at: target) ?? 0
        let before = index > 0 ? visits[index - 1] : nil
        let change =
          before?.prediction.prediction.probabilities.element(at: target)
          .map { state.difference(from: $0, to: value) } ?? ""
        let name = summary.className(visit.prediction.prediction.classIndex)
        return FindingLine([
          .init("\(earlier.count + index + 1)", Style(.dim)),
          .init(state.answer(value), column: 5),
          .init(change, Style(.dim), column: 11),
          .init(name.trimmed(to: 14, state.signs.ellipsis), column: 19),
          .init(Self.words(visit, after: before, state), Style(.text), column: 34),
        ])
      }
  }

  /// The beginning of a text; if its neighbours begin alike, the part where it begins to differ.
  private static func line(
    _ index: Int, of texts: [JoinedTexts], columns: Int, _ ellipsis: String
  ) -> String {
    let line = texts[index].line
    let alike =
      [index - 1, index + 1].compactMap { texts.element(at: $0)?.line }
      .map { other in zip(line, other).prefix { $0 == $1 }.count }.max() ?? 0
    guard alike > columns - 8 else { return line.trimmed(to: columns, ellipsis) }
    // After the third space before the difference.
    let spaces = line.prefix(alike).indices.filter { line[$0] == " " }
    guard spaces.count > 3 else { return line.trimmed(to: columns, ellipsis) }
    let rest = line[line.index(after: spaces[spaces.count - 3])...]
    return "\(ellipsis) \(rest)".trimmed(to: columns, ellipsis)
  }

  /// The differences from the text before, or the beginning of the text.
  private static func words(_ visit: Visit, after before: Visit?, _ state: State) -> String {
    var parts: [String] = []
    if let before, !before.text.utf8.elementsEqual(visit.text.utf8) {
      let difference = WordDifference(before.text, visit.text)
      let removed = difference.onlyInFirst.prefix(4).map { "-" + before.text.utf8Text($0) }
      let added = difference.onlyInSecond.prefix(4).map { "+" + visit.text.utf8Text($0) }
      parts += removed + added
    }
    let off = visit.experiment.off.prefix(3).map { visit.text.utf8Text($0) }
    if !off.isEmpty { parts.append("off: " + off.joined(separator: ", ")) }
    return parts.isEmpty
      ? visit.texts.line.trimmed(to: 60, state.signs.ellipsis) : parts.joined(separator: " ")
  }
}
