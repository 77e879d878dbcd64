internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI

/// The lines of the page of phrases: the effect of the selected phrase, and of two phrases
/// together.
struct PhraseLines {
  private(set) var lines: [FindingLine] = []
  @Shared private var state: State

  init(_ state: State, columns: Int) {
    _state = Shared(wrappedValue: state)
    guard let phrase = state.findings.phrases.last else {
      let key = state.catalog.keymap.binding(of: .act(.togglePhrase))?.keys.first?.name ?? ""
      lines = [
        "\(key): start a phrase at the selected word. Arrows: extend. \(key): measure.",
        "Or use Shift-Left and Shift-Right, or drag the mouse over the map.",
        "A second phrase is measured together with the first.",
      ].flatMap { $0.wrapped(columns: columns - 1) }.map { FindingLine($0, Style(.dim)) }
      return
    }
    let other = state.findings.phrases.dropLast().last
    add("A", phrase, columns, without: state.findings.results.phrase?.without)
    guard let reading = state.findings.results.phrase else {
      lines.append(FindingLine("  measuring", Style(.dim)))
      return
    }
    addOwn(reading)
    guard let other else { return }
    add("B", other, columns, without: reading.withoutOther)
    addTogether(reading)
  }

  private var target: Int { state.targetClass ?? 0 }

  /// Adds `A  not good   0.71 → 0.38 (-0.33) if removed`, in two lines if one is too short.
  private mutating func add(
    _ name: String, _ range: Range<Int>, _ columns: Int, without: [Float]?
  ) {
    let removal = without.flatMap { change(to: $0) }.map { $0 + " if removed" }
    let space = max(8, columns - 6)
    let text = state.document.text.utf8Text(range)
    let fits = DisplaySafe.columns(of: text) + (removal?.count ?? 0) + 3 <= space
    let shown = text.trimmed(to: space, state.signs.ellipsis)
    var parts = [FindingLine.Part("\(name)  ", Style(.key)), .init(shown, Style(.text, .bold))]
    if fits, let removal { parts.append(.init("   " + removal)) }
    lines.append(FindingLine(parts))
    if !fits, let removal { lines.append(FindingLine("   " + removal)) }
  }

  private func change(to without: [Float]) -> String? {
    guard let before = state.findings.results.phrase?.whole.element(at: target),
      let after = without.element(at: target)
    else { return nil }
    return state.change(from: before, to: after, atLeast: digits)
  }

  /// The number of digits for two phrases alone and together, the same for all, so that the numbers
  /// add up.
  private var digits: Int {
    guard let reading = state.findings.results.phrase, reading.withoutOther != nil else { return 0 }
    let all = [reading.whole, reading.without, reading.withoutOther, reading.withoutBoth]
    return max(3, state.digits(of: all.compactMap { $0?.element(at: target) }))
  }

  /// The second difference of the rounded numbers that are shown above it.
  private func secondDifference(_ reading: PhraseReading) -> Float? {
    func shown(_ values: [Float]) -> [Float] { values.map { Float(Numerals.rounded($0, digits)) } }
    var reading = reading
    reading.whole = shown(reading.whole)
    reading.without = shown(reading.without)
    reading.withoutOther = reading.withoutOther.map(shown)
    reading.withoutBoth = reading.withoutBoth.map(shown)
    return reading.secondDifference(of: target)
  }

  private mutating func add(_ label: String, _ value: String, _ note: String) {
    lines.append(
      FindingLine([
        .init("  " + label, Style(.dim)), .init(value, column: 24),
        .init("  " + note, Style(.dim)),
      ]))
  }

  private mutating func addOwn(_ reading: PhraseReading) {
    if let estimate = reading.shapley {
      add("Shapley value", value(estimate), note(estimate))
    }
    if let share = reading.decomposition {
      add("decomposition", Numerals.signed(Float(share), 3) + " logit", "contextual")
    }
  }

  private mutating func addTogether(_ reading: PhraseReading) {
    if let both = reading.withoutBoth.flatMap({ change(to: $0) }) {
      lines.append(
        FindingLine([
          .init("A and B", Style(.text, .bold)), .init("   \(both) if both are removed"),
        ]))
    }
    if let difference = secondDifference(reading) {
      let word =
        abs(difference) < 0.005
        ? "no interaction" : difference > 0 ? "more than their sum" : "less than their sum"
      add("second difference", Numerals.signed(difference, digits), word)
    }
    if let estimate = reading.interaction {
      add("Shapley interaction", value(estimate), note(estimate))
    }
    if let share = reading.decompositionInteraction {
      add(
        "decomposition", Numerals.signed(Float(share), 3) + " logit", "CD(A and B) - CD(A) - CD(B)")
    }
  }

  private func value(_ estimate: PhraseReading.Estimate) -> String {
    let sign = state.terminal.abilities.isPlain ? "+-" : "±"
    let error = estimate.standardError.map { " \(sign) " + Numerals.fixed(Float($0), 3) } ?? ""
    return Numerals.signed(Float(estimate.value), 3) + error
  }

  private func note(_ estimate: PhraseReading.Estimate) -> String {
    let sets = "\(Numerals.grouped(estimate.samples)) sets"
    return estimate.standardError == nil ? "exact, all \(sets)" : "mean of \(sets)"
  }
}
