internal import Attribution
internal import Reports
internal import TerminalUI

/// Asks for another word in the place of one: typed, or one of the model's own neighbours of it.
struct WordPrompt: SuggestionOverlay {
  /// Where the word stands.
  var utf8Range: Range<Int>
  var word: String
  var field = TextEditor(isSingleLine: true)
  /// nil until they are found.
  var neighbours: [WordNeighbours.Candidate]?
  /// Why there are none.
  var problem: String?
  /// The typed word, once it has been measured.
  var typed: WordNeighbours.Candidate?
  /// The selected neighbour; nil where Enter means the field.
  var selected: Int?

  /// The word that Enter inserts; nil if there is none.
  var choice: String? {
    if let selected { return neighbours?.element(at: selected)?.text }
    return field.text.isEmpty ? nil : field.text
  }

  // MARK: Keys

  var acceptsText: Bool { true }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    if edit(&field) == .edited { selected = nil }
  }

  func lineCount(_ state: State) -> Int { neighbours?.count ?? 0 }

  /// The selected neighbour, else the first that begins as typed, into the field.
  mutating func complete(_ state: State) {
    let typed = field.text.lowercased()
    let found =
      selected.flatMap { neighbours?.element(at: $0) }
      ?? neighbours?.first { $0.text.lowercased().hasPrefix(typed) }
    guard let found else { return }
    field = TextEditor(found.text, isSingleLine: true)
    (self.typed, selected) = (found, nil)
  }

  func hintOfTab(_ state: State) -> String? {
    var completed = self
    completed.complete(state)
    return completed.field.text == field.text ? nil : "complete"
  }

  func hintOfEnter(_ state: State) -> String? { choice == nil ? nil : "try" }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayFate {
    guard let choice else {
      state.say("type a word, or choose one with the arrows")
      return .stays
    }
    state.apply([TextEdit(utf8Range, replacement: choice)])
    state.say("\(word) \(state.signs.arrow) \(choice); u undoes it")
    return .closes
  }

  // MARK: What it asks the model

  /// Its neighbours first, then what was typed.
  var question: ProbeRequest.Question? {
    if neighbours == nil, problem == nil { return .neighbours(utf8Range) }
    let text = field.text
    return text.isEmpty || typed?.text == text ? nil : .word(text, utf8Range)
  }

  mutating func receive(_ finding: ProbeAnswer.Finding, to question: ProbeRequest.Question) {
    switch (finding, question) {
    case (.neighbours(let found), .neighbours(utf8Range)): neighbours = found
    case (.word(let found), .word(_, utf8Range)): typed = found
    case (.failed(let reason), .neighbours(utf8Range)): problem = reason
    default: break
    }
  }

  func draw(_ state: State, on picture: inout Picture) {
    WordPromptView(state: state, prompt: self).draw(on: &picture)
  }
}

extension Action {
  static let replaceWord = Action("replace word", isAboutPresentText: true) { state, _ in
    guard let unit = state.lookedAtWord else { return state.say("no word is selected") }
    let text = state.document.editor.text
    let range = text.utf8Trimmed(unit.utf8Range)
    state.overlay = WordPrompt(utf8Range: range, word: text.utf8Text(range))
  }
}
