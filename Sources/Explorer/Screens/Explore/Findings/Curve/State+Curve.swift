package import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
package import Workbench

/// The removal curves of an explanation, as far as they are measured.
struct MeasuredCurves: Sendable {
  var question: MeasureRemovalCurves
  /// nil if the text has no tokens, or if there is no answer.
  var curves: RemovalCurves?
  /// Why there is no answer.
  var problem: String?
  var isFinal: Bool
}

extension MeasureRemovalCurves: AskedQuestion {
  package func receive(
    _ answer: RemovalCurves?, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    state.findings.results.curves[choice] = MeasuredCurves(
      question: self, curves: answer, isFinal: isFinal)
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.findings.results.curves[choice] = MeasuredCurves(
      question: self, problem: failure.reason, isFinal: true)
  }
}

/// The curve page: how the probability changes while tokens are removed in the order of the visible
/// explanation.
extension State {
  /// The question about the visible explanation; nil if there is none of the present text.
  private var questionOfShown: MeasureRemovalCurves? {
    guard let shown = explanations.shown, shown.isFinal, !isShownStale, isPredictionFresh,
      let encoding = reading(by: shown.job.choice.seat)?.prediction.encoding
    else { return nil }
    return MeasureRemovalCurves(
      encoding, shown.job.choice, attribution: shown.attribution, options: shown.job.options)
  }

  /// The curves of the visible explanation, as far as they are measured.
  var measuredCurves: MeasuredCurves? {
    guard let question = questionOfShown,
      let found = findings.results.curves[question.choice], found.question == question
    else { return nil }
    return found
  }

  /// The question that the page needs; nil if it is answered or can't be asked.
  var questionOfCurves: MeasureRemovalCurves? {
    measuredCurves?.isFinal == true ? nil : questionOfShown
  }

  /// The progress, shown on the border of the pane.
  var curvesProgress: String {
    guard let question = questionOfShown else { return "" }
    let found = measuredCurves
    if found?.problem != nil { return "" }
    let made = found?.curves?.evaluations ?? 0
    if found?.isFinal == true { return Numerals.count(made, "pass", "passes") }
    let expected = question.expectedPasses
    var text = "\(Numerals.grouped(made)) of \(Numerals.grouped(max(made, expected))) passes"
    if let cost = cost(ofPasses: max(0, expected - made)), cost.isLong {
      text += ", about \(Numerals.duration(seconds: cost.seconds))"
    }
    return text
  }

  // MARK: The selected point

  /// The selected point of the curve: the one where the selected word is removed. nil if there is
  /// none.
  var curvePoint: Int? {
    guard let curves = measuredCurves?.curves, let unit = currentUnit,
      let pieces = explanations.shown?.map.units.element(at: unit)?.pieces
    else { return nil }
    let measured = 1..<max(1, curves.highestFirst.values.count)
    if let chosen = findings.curvePoint, measured.contains(chosen) {
      let own = self.unit(of: curves.lastRemoved(at: chosen))
      if own == unit || own == nil { return chosen }
    }
    guard let rank = curves.order.firstIndex(where: pieces.contains) else { return nil }
    return measured.first { curves.highestFirst.removed[$0] > rank }
  }

  /// Moves along the curve, and selects the word that is removed at the new point.
  mutating func moveInCurve(_ movement: Movement) {
    guard let curves = measuredCurves?.curves, curves.highestFirst.values.count > 1 else { return }
    let count = curves.highestFirst.values.count - 1
    let point =
      curvePoint.map { moved($0 - 1, movement, count: count, page: max(1, count / 8)) + 1 }
      ?? (movement == .last ? count : 1)
    findings.curvePoint = point
    guard let unit = unit(of: curves.lastRemoved(at: point)) else { return }
    explore.selectedUnit = unit
    explore.molecule.atom = nil
  }

  /// The ranges of the text that are removed at the selected point.
  var rangesRemovedOnCurve: [Range<Int>] {
    guard findings.page == .curve, explore.focus == .findings, let point = curvePoint,
      let found = measuredCurves, let curves = found.curves
    else { return [] }
    let pieces = found.question.encoding.joined.pieces
    return curves.order.prefix(curves.highestFirst.removed[point]).map { pieces[$0] }
      .filter { !$0.isSpecial && !$0.utf8Range.isEmpty }.map(\.utf8Range)
  }

  func unit(of token: Int) -> Int? {
    explanations.shown?.map.units.firstIndex { $0.pieces.contains(token) }
  }

  /// A token as written in the text, or its vocabulary entry if it is not in the text.
  func name(of token: Int, in encoding: Encoding) -> String {
    guard let piece = encoding.pieces.element(at: token) else { return "" }
    let text = piece.part == 0 ? encoding.text : encoding.pair ?? ""
    let typed = piece.isSpecial ? "" : text.utf8Text(text.utf8Trimmed(piece.utf8Range))
    return typed.allSatisfy(\.isWhitespace) ? piece.text : typed
  }

  /// The curves as a table for the clipboard, with a row for each point.
  var curvesTable: ExportedTable? {
    guard let found = measuredCurves, let curves = found.curves, let target = targetClass else {
      return nil
    }
    func number(_ value: Double?) -> String { value.map { Numerals.plain(Float($0)) } ?? "" }
    let own = curves.highestFirst
    let rows = zip(own.removed, own.values).enumerated().map { point, entry in
      let (removed, value) = entry
      return [
        "\(removed)",
        point == 0 ? "" : name(of: curves.lastRemoved(at: point), in: found.question.encoding),
        number(value), number(curves.random?.value(removing: removed)),
        number(curves.lowestFirst?.value(removing: removed)),
      ]
    }
    return ExportedTable(
      title: "",
      header: ["removed", "last", quantityName(of: target), "random order", "reversed"], rows: rows)
  }
}

extension RemovalCurves {
  /// The last token that is removed at a point, which must not be the first one.
  func lastRemoved(at point: Int) -> Int { order[highestFirst.removed[point] - 1] }
}
