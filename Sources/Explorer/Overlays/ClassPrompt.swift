internal import Classifiers
internal import Datasets
internal import TerminalUI

/// Asks, class by class, which class of a second model corresponds to a class of the first, if the
/// names do not tell.
struct ClassPrompt: ListOverlay {
  /// What Enter chooses on a line.
  enum Choice: Sendable, Equatable {
    /// A class of the second model, by its index.
    case other(Int)
    case none
  }

  /// The maximum number of questions.
  static let mostQuestions = 12

  /// Called once all questions are answered.
  private let completion: @Sendable (inout State, inout [Effect]) -> Void
  /// The second model, and what `--model` takes to open it.
  let name: String
  let argument: String
  let classes: [String]
  let others: [String]
  /// For each class of the explorer's model, the index of the corresponding class in the second
  /// model.
  private(set) var places: [Int?]
  /// Classes that the second model does not have.
  private var missing: Set<Int> = []
  /// The line that Enter uses.
  var selected = 0

  /// - Parameters:
  ///   - asksAll: whether to ask also about classes that have the same name in both models.
  ///   - completion: called once the answers are stored.
  /// - Returns: nil if there is nothing to ask, or more than `mostQuestions`.
  init?(
    name: String, argument: String, others: [String], classes: [String], asksAll: Bool = false,
    completion: @escaping @Sendable (inout State, inout [Effect]) -> Void
  ) {
    self.completion = completion
    (self.name, self.argument, self.classes, self.others) = (name, argument, classes, others)
    places =
      asksAll ? classes.map { _ in nil } : ClassMatching.byName(others, to: classes)
    let open = places.count { $0 == nil }
    guard open > 0, open <= Self.mostQuestions, !others.isEmpty else { return nil }
    askNext()
  }

  /// The class that is asked about; nil once all are answered.
  var asked: Int? {
    places.indices.first { places[$0] == nil && !missing.contains($0) }
  }

  /// The choices, one per line.
  var choices: [Choice] {
    let free = others.indices.filter { !places.contains($0) }
    return free.map(Choice.other) + (isOneToOne ? [] : [.none])
  }

  /// From a class of the second model to the corresponding class of the explorer's model.
  var map: [String: String] {
    var map: [String: String] = [:]
    for (index, place) in places.enumerated() {
      if let place { map[others[place]] = classes[index] }
    }
    return map
  }

  private var isOneToOne: Bool { others.count == classes.count }

  /// Uses the selected line as the answer.
  mutating func answer() {
    guard let asked, choices.indices.contains(selected) else { return }
    switch choices[selected] {
    case .other(let place): places[asked] = place
    case .none: missing.insert(asked)
    }
    askNext()
  }

  /// Goes to the next question and selects the class with the same index. If only one class is
  /// left, it is the answer.
  private mutating func askNext() {
    guard let asked else { return }
    let choices = choices
    if isOneToOne, choices.count == 1, case .other(let place) = choices[0] {
      places[asked] = place
    } else {
      selected = choices.firstIndex(of: .other(asked)) ?? 0
    }
  }

  // MARK: Keys

  static let chains = [listOfChoices]

  var contexts: [Binding.Context] { Self.listOfChoices }

  func lineCount(_ state: State) -> Int { choices.count }

  /// Asks the next question; after the last one, applies all answers.
  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    answer()
    guard asked == nil else { return .stays }
    state.keep(self)
    completion(&state, &effects)
    return .closes
  }

  // MARK: Drawing

  func draw(_ state: State, on picture: inout Picture) {
    guard let asked else { return }
    let question = "Which class of \(name) is \"\(classes[asked])\"?"
    let choices = choices
    let inner = picture.openBox(
      columns: max(48, DisplaySafe.columns(of: question) + 4), rows: choices.count + 3,
      title: "Classes of \(name)", note: "Enter confirms  Esc cancels")
    guard inner.size.rows > 1 else { return }
    picture.frame.write(
      question, at: inner.origin, style: Style(.text, .bold), maxColumns: inner.size.columns)
    picture.drawList(
      count: choices.count, selected: selected, in: inner, below: 1, state.signs
    ) { line, rect, picture in
      let (text, role): (String, Role) =
        switch choices[line] {
        case .other(let place): (others[place], .text)
        case .none: ("none of these", .dim)
        }
      picture.frame.write(
        text, at: Position(column: rect.origin.column + 2, row: rect.origin.row),
        style: Style(role), maxColumns: rect.size.columns - 2, hasEllipsis: true)
    }
  }
}
