internal import Attribution
internal import Reports
internal import TerminalUI
package import Workbench

/// A page about a model: its facts, the explainers that apply, and its model card.
struct ModelSheet: Overlay {
  let name: String
  /// Whether the model is open.
  let isOpen: Bool
  /// The prompt that it was opened from and that returns when it is closed.
  let prompt: ModelPrompt?
  /// nil until it has arrived.
  var answer: DescribeModel.Answer?
  /// Why the model can't be described, as a sentence.
  var problem: String?
  private var top = 0

  init(name: String, isOpen: Bool, prompt: ModelPrompt? = nil) {
    (self.name, self.isOpen, self.prompt) = (name, isOpen, prompt)
  }

  // MARK: Keys

  static let bindings: [Binding] = [
    Binding(
      [.alt("m")], .screen, .act(.aboutModel), "about this model: facts, explainers, model card",
      name: "about-model")
  ]
  static let chains = [listOfReading]
  private static let listOfReading: [Binding.Context] = [.reading, .always]

  var contexts: [Binding.Context] { Self.listOfReading }

  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    let rows = rows(state)
    let last = max(0, lines(state).count - rows)
    top = min(last, state.moved(top, movement, count: last + 1, page: max(1, rows - 1)))
  }

  mutating func cancel(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    state.cancel(.describing, &effects)
    state.overlay = prompt
    return .closes
  }

  // MARK: Drawing

  private func columns(_ state: State) -> Int { min(100, state.terminal.size.columns - 2) }
  private func rows(_ state: State) -> Int { max(0, state.terminal.size.rows - 4) }

  private func lines(_ state: State) -> [ModelSheetLine] {
    // The frame takes a column and a blank on each side; wrapped lines may end in a blank.
    var lines = ModelSheetLines(columns: max(20, columns(state) - 5))
    if let problem { lines.add(problem: problem) }
    guard let answer else {
      if problem == nil { lines.add(text: "reading" + state.signs.ellipsis) }
      return lines.lines
    }
    for fact in answer.facts { lines.add(fact.name, fact.value) }
    if isOpen, let summary = state.summary { lines.add(explainersOf: summary) }
    if !isOpen { lines.add(text: "Its classes and its size are shown once it is open.") }
    if let problem = answer.problem { lines.add(problem: problem) }
    if let card = answer.card {
      lines.add(card)
    } else if answer.problem == nil {
      lines.add(heading: "Model card")
      lines.add(text: "The model has neither a MODEL_CARD.md nor a README.md.")
    }
    return lines.lines
  }

  func draw(_ state: State, on picture: inout Picture) {
    let lines = lines(state)
    let inner = picture.openBox(
      columns: columns(state), rows: state.terminal.size.rows - 2, title: "Model: \(name)",
      note: "Esc closes")
    let count = inner.size.rows
    let top = max(0, min(top, lines.count - count))
    let visible = top..<min(lines.count, top + max(0, count))
    for (row, line) in lines[visible].enumerated() {
      var place = Position(column: inner.origin.column, row: inner.origin.row + row)
      if let name = line.name {
        picture.frame.write(
          name, at: place, style: Style(.key), maxColumns: ModelSheetLines.indent - 1)
      }
      place.column += line.indent
      picture.frame.write(
        line.text, at: place, style: line.style,
        maxColumns: max(0, inner.size.columns - line.indent))
    }
    picture.scrollMark(visible, of: lines.count, around: inner)
    if picture.frame.isPlain { picture.frame.cursor = inner.origin }
  }
}

/// A row of the sheet.
struct ModelSheetLine: Sendable, Equatable {
  var name: String?
  var text = ""
  var style = Style()
  var indent = 0
}

/// Collects the wrapped rows of the sheet.
private struct ModelSheetLines {
  /// The column where the values of facts begin.
  static let indent = 14
  let columns: Int
  private(set) var lines: [ModelSheetLine] = []

  init(columns: Int) { self.columns = columns }

  mutating func add(_ name: String, _ value: String) {
    for (row, text) in value.wrapped(columns: columns - Self.indent).enumerated() {
      lines.append(
        ModelSheetLine(name: row == 0 ? name : nil, text: text, indent: Self.indent))
    }
  }

  mutating func add(heading: String) {
    if !lines.isEmpty { lines.append(ModelSheetLine()) }
    lines += heading.wrapped(columns: columns).map {
      ModelSheetLine(text: $0, style: Style(.title, .bold))
    }
  }

  mutating func add(text: String, style: Style = Style()) {
    lines += text.wrapped(columns: columns).map { ModelSheetLine(text: $0, style: style) }
  }

  mutating func add(problem: String) { add(text: problem, style: Style(.error)) }

  mutating func add(explainersOf summary: ModelSummary) {
    add(heading: "Explainers")
    let applying = summary.methods.filter { $0.reasonNotApplicable == nil }.map(\.card.title)
    add(
      text: "\(applying.count) of \(summary.methods.count) explainers apply: "
        + Messages.list(applying))
    for method in summary.methods {
      guard let reason = method.reasonNotApplicable else { continue }
      add(text: "\(method.card.title) \(reason)", style: Style(.dim))
    }
  }

  mutating func add(_ card: ModelCardText) {
    add(heading: card.file + ", by the model's authors")
    lines.append(ModelSheetLine())
    for line in card.lines {
      switch line {
      case .heading(let text): add(text: text, style: Style(.text, .bold))
      case .text(let text), .verbatim(let text): add(text: text)
      case .blank: lines.append(ModelSheetLine())
      }
    }
    if card.isCut { add(text: "The rest of the file is not shown.", style: Style(.dim)) }
  }
}

// MARK: Questions

extension Action {
  static let aboutModel = Action("about model") { state, effects in
    state.describeModel(&effects)
  }
  /// In the model prompt: describes the model of the selected line, or that of the field.
  static let aboutSelectedModel = Action("about selected model") { state, effects in
    guard let prompt = state.overlay as? ModelPrompt else { return }
    state.describe(prompt, &effects)
  }
}

extension State {
  fileprivate mutating func describeModel(_ effects: inout [Effect]) {
    guard let summary else {
      return say("no model is open yet: O opens one")
    }
    overlay = ModelSheet(name: summary.name, isOpen: true)
    ask(DescribeModel(argument: summary.argument, seat: .main), &effects)
  }

  fileprivate mutating func describe(_ prompt: ModelPrompt, _ effects: inout [Effect]) {
    let argument = prompt.argument(self)
    if prompt.use.opensData, DataFile.isNamed(argument) {
      return say("this is a data set, not a model")
    }
    let isOpen = argument.isEmpty || summary?.key == argument
    guard isOpen else {
      overlay = ModelSheet(name: argument, isOpen: false, prompt: prompt)
      ask(DescribeModel(argument: argument, seat: nil), &effects)
      return
    }
    guard let summary else { return say("no model is open yet: select one") }
    overlay = ModelSheet(name: summary.name, isOpen: true, prompt: prompt)
    ask(DescribeModel(argument: summary.argument, seat: .main), &effects)
  }

  private mutating func changeModelSheet(_ change: (inout ModelSheet) -> Void) {
    guard var sheet = overlay as? ModelSheet else { return }
    change(&sheet)
    overlay = sheet
  }

  fileprivate mutating func receive(_ answer: DescribeModel.Answer) {
    changeModelSheet { $0.answer = answer }
  }

  fileprivate mutating func receive(problem: String) {
    changeModelSheet { $0.problem = problem }
  }
}

extension DescribeModel: AskedQuestion {
  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.receive(answer) }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.receive(problem: failure.reason)
  }
}
