internal import Attribution
internal import Classifiers
internal import TerminalUI

/// What the selected phrase does, and what two do together.
struct PhraseLines {
  private(set) var lines: [FindingLine] = []
  private let state: State

  init(_ state: State, columns: Int) {
    self.state = state
    guard let phrase = state.findings.phrases.last else {
      let key = Keymap.binding(of: .togglePhrase)?.keys.first?.name ?? ""
      lines = [
        "\(key) begins a phrase at the word that is looked at, the arrows extend it, \(key) ends it.",
        "Shift-Left and Shift-Right do both, and so does the mouse, drawn over the map.",
        "A second phrase is measured together with the first.",
      ].flatMap { $0.wrapped(columns: columns - 1) }.map { FindingLine($0, Style(.dim)) }
      return
    }
    let other = state.findings.phrases.dropLast().last
    add("A", phrase, columns)
    guard let reading = state.findings.results.phrase else {
      lines.append(FindingLine("  measuring", Style(.dim)))
      return
    }
    addOwn(reading)
    guard let other else { return }
    add("B", other, columns)
    if let without = reading.withoutOther { addRemoval(without, of: reading.whole) }
    lines.append(FindingLine("A and B together", Style(.text, .bold)))
    addTogether(reading)
  }

  private var target: Int { state.targetClass ?? 0 }

  private mutating func add(_ name: String, _ range: Range<Int>, _ columns: Int) {
    let text = state.editor.text.utf8Text(range).trimmed(
      to: max(8, columns - 6), state.signs.ellipsis)
    lines.append(FindingLine([.init("\(name)  ", Style(.key)), .init(text, Style(.text, .bold))]))
  }

  private mutating func addRemoval(_ without: [Float], of whole: [Float]) {
    guard let before = whole.element(at: target), let after = without.element(at: target) else {
      return
    }
    add("if removed", state.change(from: before, to: after), "")
  }

  private mutating func add(_ label: String, _ value: String, _ note: String) {
    lines.append(
      FindingLine([
        .init("  " + label, Style(.dim)), .init(value, column: 24),
        .init("  " + note, Style(.dim)),
      ]))
  }

  private mutating func addOwn(_ reading: PhraseReading) {
    addRemoval(reading.without, of: reading.whole)
    if let estimate = reading.shapley {
      add("Shapley value", value(estimate), note(estimate))
    }
    if let share = reading.decomposition {
      add("decomposition", Numerals.signed(Float(share), 3) + " logit", "contextual")
    }
  }

  private mutating func addTogether(_ reading: PhraseReading) {
    if let both = reading.withoutBoth { addRemoval(both, of: reading.whole) }
    if let difference = reading.secondDifference(of: target) {
      let word =
        abs(difference) < 0.005
        ? "each as if alone" : difference > 0 ? "more than their sum" : "less than their sum"
      add("second difference", Numerals.signed(difference, 3), word)
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
    let sign = state.abilities.isPlain ? "+-" : "±"
    let error = estimate.standardError.map { " \(sign) " + Numerals.fixed(Float($0), 3) } ?? ""
    return Numerals.signed(Float(estimate.value), 3) + error
  }

  private func note(_ estimate: PhraseReading.Estimate) -> String {
    let sets = "\(Numerals.grouped(estimate.samples)) sets"
    return estimate.standardError == nil ? "exact, all \(sets)" : "mean of \(sets)"
  }
}
