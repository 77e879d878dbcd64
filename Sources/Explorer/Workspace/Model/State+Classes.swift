internal import Classifiers
internal import Datasets
internal import Workbench

/// Which class of a second model is which of the explorer's own.
extension State {
  /// What the user said of a second model, by what `--model` takes to open it.
  func classMap(of argument: String) -> [String: String] {
    classMaps.map(of: argument, to: summary?.classes ?? [])
  }

  /// The class of a second model that is one of the explorer's own; nil where nobody knows.
  func place(of index: Int, in other: ModelSummary) -> Int? {
    guard let summary else { return nil }
    let map = classMap(of: other.key)
    let name = summary.className(index)
    if let given = map.first(where: { $0.value == name })?.key,
      let place = other.classes.firstIndex(of: given)
    {
      return place
    }
    // what the user matched with another class is not this one
    guard let place = other.place(of: index, of: summary),
      map[other.className(place)] == nil
    else { return nil }
    return place
  }

  /// Asks about the classes that the second model has no like of.
  mutating func askForClasses(asksAll: Bool) {
    guard let summary, let other = secondModel?.summary else {
      return say("no second model is open; M opens one")
    }
    let isKnown = summary.classes.indices.allSatisfy { place(of: $0, in: other) != nil }
    // what was left open on purpose is not asked about each time
    let map = classMap(of: other.key)
    let isSettled = !map.isEmpty && map.keys.allSatisfy(other.classes.contains)
    guard asksAll || !isKnown && !isSettled else { return }
    openClassPrompt(
      ClassPrompt(
        .sideBySide, name: other.name, argument: other.key, others: other.classes,
        classes: summary.classes, asksAll: asksAll))
  }

  mutating func openClassPrompt(_ prompt: ClassPrompt?) {
    guard let prompt else { return say("too many classes; --class-map matches them") }
    overlay = prompt.asked == nil ? nil : prompt
  }

  /// What was said of all classes.
  mutating func use(_ prompt: ClassPrompt, _ effects: inout [Effect]) {
    classMaps.keep(prompt.map, of: prompt.argument, to: prompt.classes)
    say("classes: " + prompt.inWords(signs))
    switch prompt.use {
    case .data: ask(other: prompt.argument, &effects)
    case .sideBySide:
      // what was computed for another class is not this one's
      if explanations.job?.choice.seat == .other { explanations.job = nil }
    }
  }
}

extension ClassPrompt {
  /// `positive = LABEL_1, negative = LABEL_0`
  fileprivate func inWords(_ signs: Signs) -> String {
    let pairs = classes.indices.map { index in
      "\(classes[index]) = \(places[index].map { others[$0] } ?? signs.dash)"
    }
    return pairs.prefix(6).joined(separator: ", ")
      + (pairs.count > 6 ? " and \(pairs.count - 6) more" : "")
  }
}

extension ModelSummary {
  /// By which it is remembered.
  var key: String { argument ?? name }
}
