package import Attribution
internal import Reports
internal import TerminalUI
package import Workbench

/// Asks for a replacement for a word: a typed word, or one of its neighbours in the model's
/// embeddings.
struct WordPrompt: SuggestionOverlay {
  /// The range of the word.
  var utf8Range: Range<Int>
  var word: String
  var field = TextEditor(isSingleLine: true)
  /// The suggested words; nil until they are found.
  var neighbours: [WordNeighbours.Candidate]?
  /// Why there are no suggestions.
  var problem: String?
  /// The typed word with the model's answer, once known.
  var typed: WordNeighbours.Candidate?
  /// The selected neighbour; nil while Enter applies to the field.
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

  /// Completes the field to the selected neighbour, or to the first one that begins with the typed
  /// text.
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

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    guard let choice else {
      state.say("type a word, or choose one with the arrows")
      return .stays
    }
    state.apply([TextEdit(utf8Range, replacement: choice)])
    state.say("\(word) \(state.signs.arrow) \(choice); u undoes it")
    return .closes
  }

  // MARK: Questions to the model

  /// Asks for the word's neighbours first, then about the typed word.
  func question(about text: EditedText) -> (any AskedQuestion)? {
    if neighbours == nil, problem == nil { return FindNeighbours(utf8Range, in: text) }
    let word = field.text
    return word.isEmpty || typed?.text == word ? nil : TryWord(word, at: utf8Range, in: text)
  }

  func draw(_ state: State, on picture: inout Picture) {
    WordPromptView(state: state, prompt: self).draw(on: &picture)
  }
}

extension State {
  /// Changes the prompt for a range of the text, if it is open.
  fileprivate mutating func changeWordPrompt(
    at range: Range<Int>, _ change: (inout WordPrompt) -> Void
  ) {
    guard var prompt = overlay as? WordPrompt, prompt.utf8Range == range else { return }
    change(&prompt)
    overlay = prompt
  }
}

extension FindNeighbours: AskedQuestion {
  package func receive(
    _ answer: [WordNeighbours.Candidate], isFinal: Bool, _ state: inout State,
    _ effects: inout [Effect]
  ) {
    state.changeWordPrompt(at: range) { $0.neighbours = answer }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.changeWordPrompt(at: range) { $0.problem = failure.reason }
  }
}

extension TryWord: AskedQuestion {
  package func receive(
    _ answer: WordNeighbours.Candidate, isFinal: Bool, _ state: inout State,
    _ effects: inout [Effect]
  ) {
    state.changeWordPrompt(at: range) { $0.typed = answer }
    state.changeSwapPrompt { $0.receive(answer) }
  }

  /// Stores the word without an answer, so that it is not asked about again.
  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    let unknown = WordNeighbours.Candidate(text: word, probabilities: [])
    state.changeWordPrompt(at: range) { $0.typed = unknown }
    state.changeSwapPrompt { $0.receive(failure) }
  }
}

extension Action {
  static let replaceWord = Action("replace word", isAboutPresentText: true) { state, _ in
    guard let unit = state.currentWord else { return state.say("no word is selected") }
    let text = state.document.text
    let range = text.utf8Trimmed(unit.utf8Range)
    state.overlay = WordPrompt(utf8Range: range, word: text.utf8Text(range))
  }
}
