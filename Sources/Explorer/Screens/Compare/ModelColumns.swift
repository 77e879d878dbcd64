internal import Attribution
internal import Classifiers
internal import Datasets
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

extension State {
  /// Shows both models if the user asked for the second one, or is looking at the columns of two
  /// models.
  mutating func compareWithSecondModel(_ name: String, isAwaited: Bool) {
    let isSeen = screen == .compare && compare.columns == .models
    guard isAwaited || isSeen else {
      let keys = screen == .compare ? "v" : isTyping ? "Esc, then 3 and v," : "3, then v,"
      return say("\(name) is open; \(keys) compares the two models")
    }
    compare.columns = .models
    (compare.column, compare.reference) = (0, nil)
    if isAwaited { show(.compare) }
    say("comparing \(summary?.name ?? "the model") with \(name)")
    if isAwaited { askForClasses(asksAll: false) }
  }

  /// Asks about the classes that have no known counterpart in the second model.
  mutating func askForClasses(asksAll: Bool) {
    guard let summary, let other = secondModel?.summary else {
      return say("no second model is open; M opens one")
    }
    let isKnown = summary.classes.indices.allSatisfy { place(of: $0, in: other) != nil }
    // Classes that the user left unmatched are not asked about again.
    let map = classMap(of: other.key)
    let isSettled = !map.isEmpty && map.keys.allSatisfy(other.classes.contains)
    guard asksAll || !isKnown && !isSettled else { return }
    openClassPrompt(
      ClassPrompt(
        name: other.name, argument: other.key, others: other.classes, classes: summary.classes,
        asksAll: asksAll
      ) { state, _ in
        // A result for another class does not belong to this one.
        if state.explanations.job?.choice.seat == .other { state.explanations.job = nil }
      })
  }

  mutating func closeOther() {
    let name = secondModel?.summary.name
    forgetOther()
    secondModel = nil
    compare.columns = .explainers
    (compare.column, compare.reference) = (0, nil)
    if let name { say("\(name) is closed; u opens it again") }
  }

  /// Cycles between explainers, classes and, if a second model is open, models.
  mutating func cycleColumns() {
    switch compare.columns {
    case .explainers: compare.columns = .classes
    case .classes: compare.columns = secondModel == nil ? .explainers : .models
    case .models: compare.columns = .explainers
    }
    (compare.column, compare.reference) = (0, nil)
    switch compare.columns {
    case .explainers: say("comparing explainers")
    case .classes: say("comparing the classes")
    case .models: say("comparing the models")
    }
  }

  /// Asks the second model about the text while its column is visible.
  mutating func askSecondModel(_ effects: inout [Effect]) {
    guard screen == .compare, compare.columns == .models, let other = secondModel,
      other.asked != document.edition
    else { return }
    secondModel?.asked = document.edition
    secondModel?.problem = nil
    ask(Predict(document.edited, seat: .other), &effects)
  }

  /// The columns of both models by the same explainer, with words that both models can distinguish.
  var modelColumns: [CompareColumn] {
    guard let summary, let target = targetClass, let other = secondModel else { return [] }
    let name = summary.className(target)
    var columns = [
      column(.main, summary, classIndex: target, problem: nil),
      column(
        .other, other.summary, classIndex: place(of: target, in: other.summary),
        problem: other.problem
          ?? "\(other.summary.name) has no class like \(name): its classes are "
          + other.summary.classList + " (c matches the classes)"),
    ]
    guard isFresh(.main) else { return columns }
    let seats: [ModelSeat] = isFresh(.other) ? [.main, .other] : [.main]
    let own = zip(columns, seats).map { column, seat in
      column.explanation?.map.units ?? units(read: seat)
    }
    let shared = SharedWords(own)
    for (index, units) in own.enumerated() {
      let words = shared.units(of: units)
      columns[index].words = words
      columns[index].explanation?.map.regroup(as: words)
    }
    return columns
  }

  private func column(
    _ seat: ModelSeat, _ model: ModelSummary, classIndex: Int?, problem: String?
  ) -> CompareColumn {
    let entry = model.method(named: settings.method)
    let choice = ExplanationChoice(
      method: settings.method, classIndex: classIndex ?? 0,
      quantity: entry?.card.defaultQuantity ?? .logit, seat: seat)
    let probability = reading(by: seat)?.prediction.probabilities.element(at: choice.classIndex)
    let isKnown = classIndex != nil && isFresh(seat)
    let own = seat == .other && model.name == summary?.name ? "the other \(model.name)" : model.name
    // The other model's name of the class is shown if it differs.
    let named = classIndex.map { model.className($0) }
    let alias = seat == .other ? named.flatMap { $0 == targetName ? nil : " " + $0 } ?? "" : ""
    let title = own + alias + (isKnown ? probability.map { " " + answer($0) } ?? "" : "")
    let unreadable = seat == .other ? secondModel?.problem : nil
    return CompareColumn(
      title: title, shortTitle: seat == .other && own != model.name ? "other" : model.name,
      choice: choice, isSigned: entry?.card.isSigned ?? true,
      isControl: settings.method == "random",
      problem: (classIndex == nil ? problem : nil) ?? unreadable
        ?? entry?.reasonNotApplicable ?? explanations.ended[choice],
      explanation: classIndex != nil && isFresh(seat) ? explanations.results[choice] : nil)
  }

  private var targetName: String? { targetClass.flatMap { summary?.className($0) } }

  /// The words of the present text in a model's tokenization.
  private func units(read seat: ModelSeat) -> [HeatUnit] {
    let pieces = reading(by: seat)?.prediction.encoding.joined.pieces ?? []
    return HeatMap(
      pieces: pieces, scores: pieces.map { _ in 0 }, showsSpecials: explanations.showsSpecials,
      off: off
    ).units
  }
}

extension ModelSummary {
  /// All class names, or the first six and the number of the others.
  fileprivate var classList: String {
    classes.prefix(6).joined(separator: ", ")
      + (classes.count > 6 ? " and \(classes.count - 6) more" : "")
  }
}

/// The finest segmentation that several tokenizations of one text agree on: units that overlap in
/// the text are merged into one word.
struct SharedWords {
  /// In UTF-8 offsets, in the order of the text.
  let ranges: [Range<Int>]

  init(_ readings: [[HeatUnit]]) {
    var ranges: [Range<Int>] = []
    let all = readings.joined().map(\.utf8Range).filter { !$0.isEmpty }
    for range in all.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = ranges.last, last.upperBound > range.lowerBound {
        ranges[ranges.count - 1] =
          last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
    self.ranges = ranges
  }

  /// One unit per shared word, with the sum of the scores of the units in it; 0 if there are none.
  func units(of reading: [HeatUnit]) -> [HeatUnit] {
    var units = ranges.map { HeatUnit(utf8Range: $0, score: 0, pieces: []) }
    var word = 0
    for unit in reading.sorted(by: { $0.utf8Range.lowerBound < $1.utf8Range.lowerBound })
    where !unit.utf8Range.isEmpty {
      while word < ranges.count, ranges[word].upperBound <= unit.utf8Range.lowerBound { word += 1 }
      guard word < ranges.count else { break }
      let before = units[word]
      units[word].score += unit.score
      units[word].pieces += unit.pieces
      units[word].isMixed =
        before.isMixed || unit.isMixed || before.score * unit.score < 0
    }
    return units
  }
}

extension ModelUse {
  /// A second model, to compare with the open one on the same text.
  static let comparison: ModelUse = ModelUse(
    title: "Second model to compare", isPossible: { $0.summary != nil },
    open: { argument, state, effects in
      state.open(argument, for: .other, as: .comparison, &effects)
    })
}
