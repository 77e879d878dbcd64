internal import Classifiers
internal import Datasets
internal import Workbench

/// Matching the classes of a second model with the explorer's own.
extension State {
  /// The user's class map for a second model, by its `--model` value.
  func classMap(of argument: String) -> [String: String] {
    classMaps.map(of: argument, to: summary?.classes ?? [])
  }

  /// The class of a second model that corresponds to one of the explorer's own; nil if unknown.
  func place(of index: Int, in other: ModelSummary) -> Int? {
    guard let summary else { return nil }
    let map = classMap(of: other.key)
    let name = summary.className(index)
    if let given = map.first(where: { $0.value == name })?.key,
      let place = other.classes.firstIndex(of: given)
    {
      return place
    }
    // A class that the user matched with another one is not available.
    guard let place = other.place(of: index, of: summary),
      map[other.className(place)] == nil
    else { return nil }
    return place
  }

  mutating func openClassPrompt(_ prompt: ClassPrompt?) {
    guard let prompt else { return say("too many classes; --class-map matches them") }
    overlay = prompt.asked == nil ? nil : prompt
  }

  /// Stores the user's matches of all classes.
  mutating func keep(_ prompt: ClassPrompt) {
    classMaps.keep(prompt.map, of: prompt.argument, to: prompt.classes)
    say("classes: " + prompt.assignments(signs))
  }
}

extension ClassPrompt {
  /// `positive = LABEL_1, negative = LABEL_0`
  fileprivate func assignments(_ signs: Signs) -> String {
    let pairs = classes.indices.map { index in
      "\(classes[index]) = \(places[index].map { others[$0] } ?? signs.dash)"
    }
    return pairs.prefix(6).joined(separator: ", ")
      + (pairs.count > 6 ? " and \(pairs.count - 6) more" : "")
  }
}

extension ModelSummary {
  /// The key under which the model is remembered.
  var key: String { argument ?? name }
}
