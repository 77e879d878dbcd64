internal import Attribution
internal import TerminalUI

/// Asks for another word in the place of one: typed, or one of the model's own neighbours of it.
struct WordPrompt: Sendable {
  /// Where the word stands.
  var utf8Range: Range<Int>
  var word: String
  var field = TextEditor(isSingleLine: true)
  /// nil until they are found.
  var neighbours: [WordNeighbours.Candidate]?
  /// Why there are none.
  var problem: String?
  /// What was typed, once it is measured.
  var typed: WordNeighbours.Candidate?
  /// The selected neighbour; nil where Enter means the field.
  var selected: Int?

  /// What Enter would put in; nil for nothing.
  var choice: String? {
    if let selected { return neighbours?.element(at: selected)?.text }
    return field.text.isEmpty ? nil : field.text
  }

  /// What Tab makes of it.
  var completed: WordPrompt {
    var prompt = self
    prompt.complete()
    return prompt
  }

  /// Tab: the selected neighbour, else the first that begins as typed, into the field.
  mutating func complete() {
    let typed = field.text.lowercased()
    let found =
      selected.flatMap { neighbours?.element(at: $0) }
      ?? neighbours?.first { $0.text.lowercased().hasPrefix(typed) }
    guard let found else { return }
    field = TextEditor(found.text, isSingleLine: true)
    (self.typed, selected) = (found, nil)
  }
}

extension State {
  mutating func openWordPrompt() {
    guard let unit = lookedAtWord else { return say("no word is selected") }
    let range = editor.text.utf8Trimmed(unit.utf8Range)
    overlay = .word(WordPrompt(utf8Range: range, word: editor.text.utf8Text(range)))
  }

  mutating func editWordPrompt(
    _ edit: (inout TextEditor) -> TextEditor.Outcome, _ prompt: WordPrompt
  ) {
    var prompt = prompt
    if edit(&prompt.field) == .edited { prompt.selected = nil }
    overlay = .word(prompt)
  }

  mutating func acceptWord(_ prompt: WordPrompt) {
    guard let word = prompt.choice else {
      return say("type a word, or choose one with the arrows")
    }
    overlay = nil
    apply([TextEdit(prompt.utf8Range, replacement: word)])
    say("\(prompt.word) \(signs.arrow) \(word); u undoes it")
  }

  /// What the prompt waits for: its neighbours first, then what was typed.
  var questionOfPrompt: ProbeRequest.Question? {
    guard case .word(let prompt) = overlay else { return nil }
    if prompt.neighbours == nil, prompt.problem == nil {
      return .neighbours(prompt.utf8Range)
    }
    let text = prompt.field.text
    guard !text.isEmpty, prompt.typed?.text != text else { return nil }
    return .word(text, prompt.utf8Range)
  }

  mutating func take(
    _ finding: ProbeAnswer.Finding, forPrompt question: ProbeRequest.Question
  ) {
    guard case .word(var prompt) = overlay else { return }
    switch (finding, question) {
    case (.neighbours(let found), .neighbours(prompt.utf8Range)): prompt.neighbours = found
    case (.word(let found), .word(_, prompt.utf8Range)): prompt.typed = found
    case (.failed(let reason), .neighbours(prompt.utf8Range)): prompt.problem = reason
    default: return
    }
    overlay = .word(prompt)
  }
}
