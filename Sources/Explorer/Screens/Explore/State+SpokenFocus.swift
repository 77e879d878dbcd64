internal import Attribution
internal import Reports
internal import TerminalUI
internal import Workbench

/// What a screen reader reads out about the focused pane.
extension State {
  var spokenFocus: String? {
    switch explore.focus {
    case .editor:
      let focus = document.isPair ? "Focus: \(name(ofPart: document.part))." : "Focus: text."
      return document.editor.selectedCharacters.map {
        focus + " \(Numerals.count($0, "character")) selected."
      } ?? focus
    case .heatmap, .tokens:
      guard let shown = explanations.shown, let index = currentUnit,
        let unit = shown.map.units.element(at: index)
      else { return nil }
      let score = Numerals.score(unit.score, isSigned: isShownSigned)
      return "Selected: \(text(of: unit, in: shown)), score \(score)."
    case .prediction:
      return summary.map { "Selected: class \($0.className(explore.selectedClass))." }
    case .trust: return "Focus: trust."
    case .findings: return "Focus: what if, \(findings.page?.title ?? "")."
    case .explainers:
      let method = summary?.methods.element(at: explore.selectedMethod)
      return method.map { "Selected: explainer \($0.card.title)." }
    }
  }
}
