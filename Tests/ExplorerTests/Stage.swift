import Attribution
import Classifiers
import Datasets
import Explorer
import TerminalUI
import Tokenizers
import Workbench

/// The explorer without a terminal: keys go in; effects are stored, or answered by the lexicon.
struct Stage {
  var state: State
  /// All effects, in order.
  private(set) var log: [Effect] = []
  /// The effects that are not answered yet.
  private(set) var open: [Effect] = []
  /// Why notes can't be saved; nil if they can.
  var notesProblem: String?

  init(
    _ text: String = "", columns: Int = 120, rows: Int = 36, isPlain: Bool = false,
    colors: TerminalAbilities.Colors = .indexed256, isLoaded: Bool = true,
    session: Session? = nil, summary: ModelSummary = Lexicon.summary,
    catalog: LayerCatalog = .standard, builtIn: [BuiltInModel] = []
  ) {
    state = State(
      catalog: catalog, size: Size(columns: columns, rows: rows),
      abilities: TerminalAbilities(colors: colors, isPlain: isPlain), modelName: "lexicon",
      builtIn: builtIn, session: session ?? Session(text: text, cursor: text.utf8.count))
    send(.themes(["dark", "high-contrast", "light", "mono"], current: "dark"))
    if isLoaded { load(summary) }
  }

  mutating func send(_ event: Event) {
    let effects = state.update(event)
    log += effects
    // An effect that assigns a seat needs no answer.
    open += effects.filter { if case .seat = $0 { false } else { true } }
  }

  /// The text of the legend, in one line.
  var legend: String {
    rows.drop { !$0.contains(" Legend ") }.dropFirst().flatMap { row in
      let box = row.split { "│┃".contains($0) }.last { !$0.allSatisfy(\.isWhitespace) }
      return (box ?? "").split(separator: " ")
    }.joined(separator: " ")
  }

  /// Whether the user has quit.
  var quits: Bool {
    log.contains { if case .saveAndQuit = $0 { true } else { $0 == .quit(status: 0) } }
  }

  mutating func press(_ keys: Key...) {
    for key in keys { send(.terminal(.key(key))) }
  }

  mutating func press(_ first: Key.Code, _ second: Key.Code, _ third: Key.Code) {
    press(Key(first), Key(second), Key(third))
  }

  mutating func press(_ code: Key.Code, _ modifiers: Key.Modifiers = []) {
    press(Key(code, modifiers))
  }

  mutating func control(_ letter: Character) { press(.character(letter), .control) }

  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  mutating func click(column: Int, row: Int, _ action: Mouse.Action = .press) {
    send(.terminal(.mouse(Mouse(action, at: Position(column: column, row: row)))))
  }

  /// Answers all open effects, and those that the answers cause, until none is open.
  mutating func answer(seconds: Double = 0.003) {
    while !open.isEmpty { answerNext(seconds: seconds) }
  }

  /// Answers the oldest open effect; effects without an answer are dropped.
  /// - Parameter truncatedTo: the maximum number of tokens of a prediction.
  mutating func answerNext(seconds: Double = 0.003, truncatedTo limit: Int = .max) {
    guard !open.isEmpty else { return }
    switch open.removeFirst() {
    case .ask(let ticket, let question):
      if let answer = answer(to: question.base, seconds: seconds, truncatedTo: limit) {
        send(.answer(ticket, answer))
      } else if question.base is ExplainAllRows {
        explainAll()
      }
    case .awaitRest: send(.rested)
    case .keepNotes(let notes): send(.notesKept(notes.map(\.row), problem: notesProblem))
    default: break
    }
  }

  /// The lexicon's answer; nil for questions that only the program can answer.
  private func answer(
    to question: any Question, seconds: Double, truncatedTo limit: Int
  ) -> (any Sendable)? {
    switch question {
    case let question as Predict:
      let (texts, off) = (question.text.texts, question.text.off)
      let joinsMarks = question.seat == .other
      return Predict.Answer(
        prediction: texts.pair == nil
          ? Lexicon.predict(
            texts.text, limit: limit, pooling: state.summary?.tokenLimit ?? .max, without: off,
            joinsMarks: joinsMarks)
          : Lexicon.predict(texts, without: off, joinsMarks: joinsMarks),
        whole: question.original.map { Lexicon.predict($0).probabilities }, seconds: seconds)
    case let question as Explain:
      return Explain.Answer.scores(
        Lexicon.attribution(question.choice, question.encoding), seconds: seconds)
    case let question as RemoveWords:
      let scores = Lexicon.scores(question.encoding)
      return question.groups.map { group in
        Lexicon.probabilities(
          scores.enumerated().map { group.contains($0.offset) ? 0 : $0.element })
      }
    case let question as MeasureTrust: return Lexicon.trust(question)
    case let question as ViewRows: return try? Lexicon.answer(to: question)
    case let question as ReportRows: return try? Lexicon.answer(to: question)
    case let question as ExplainRows:
      return question.rows.map { Reviews.explained($0, of: question.table) }
    case let question as ContrastRow:
      return Reviews.explained(question.asked.row, of: question.table)
    default: return Lexicon.whatIf(question)
    }
  }

  /// Removes and returns the oldest open effect, for the test to answer.
  mutating func takeOpen() -> Effect? { open.isEmpty ? nil : open.removeFirst() }

  mutating func forget() {
    log = []
    open = []
  }

  mutating func forgetLog() { log = [] }

  var rows: [String] {
    let frame = state.picture.frame
    return (0..<frame.size.rows).map { row in
      (0..<frame.size.columns)
        .map { frame[Position(column: $0, row: row)].cluster }.joined()
    }
  }

  var screen: String { rows.joined(separator: "\n") }

  /// The position of a text on the screen, in cells.
  func position(of text: String) -> Position? {
    let frame = state.picture.frame
    for row in 0..<frame.size.rows {
      let cells = (0..<frame.size.columns).map { frame[Position(column: $0, row: row)].cluster }
      let wanted = text.map(String.init)
      guard cells.count >= wanted.count else { continue }
      for start in 0...(cells.count - wanted.count)
      where Array(cells[start..<start + wanted.count]) == wanted {
        return Position(column: start, row: row)
      }
    }
    return nil
  }

  /// The roles with which a word is painted in the heatmap.
  func paint(of word: String) -> Set<Role>? {
    let frame = state.picture.frame
    let top = rows.firstIndex { $0.contains("─ Why ") || $0.contains("━ Why ") } ?? 0
    for row in (top + 1)..<frame.size.rows {
      let cells = (0..<frame.size.columns).map { frame[Position(column: $0, row: row)] }
      let wanted = word.map(String.init)
      guard cells.count >= wanted.count else { continue }
      for start in 0...(cells.count - wanted.count)
      where cells[start..<start + wanted.count].map(\.cluster) == wanted {
        return Set(cells[start..<start + wanted.count].map(\.style.role))
      }
    }
    return nil
  }
}
