internal import Datasets
internal import Reports
internal import Workbench

/// A second model, which is compared with the explorer's.
struct OtherModel: Sendable, Equatable {
  var summary: ModelSummary
  /// Its prediction; for an older edition until it has read the present one.
  var prediction: PredictionAnswer?
  /// The edition that it was last asked about.
  var asked: Edition?
  /// Why it can't read the present text.
  var problem: String?
}

extension State {
  /// A model's latest prediction, which may be for an older edition.
  func reading(by seat: ModelSeat) -> PredictionAnswer? {
    seat == .main ? predictions.latest : secondModel?.prediction
  }

  /// Whether a model has read the present text.
  func isFresh(_ seat: ModelSeat) -> Bool { reading(by: seat)?.edition == document.edition }

  /// The name of a choice in messages: `lime → positive`, and for a second model by which one.
  func name(of choice: ExplanationChoice) -> String {
    let model = model(in: choice.seat)
    let name = "\(choice.method) \(signs.arrow) \(model?.targetName(choice) ?? "")"
    return choice.seat == .other ? "\(name) by \(model?.name ?? "")" : name
  }

  /// The summary of a model; nil if there is none.
  func model(in seat: ModelSeat) -> ModelSummary? {
    seat == .main ? summary : secondModel?.summary
  }

  /// Replaces the second model, and drops the results of the previous one.
  mutating func replaceOtherModel(with summary: ModelSummary, _ effects: inout [Effect]) {
    opening.request = nil
    opening.remember(summary)
    // A user who has gone on with something else stays there.
    let isAwaited = opening.isAwaited && overlay == nil
    opening.isAwaited = false
    if explanations.job?.choice.seat == .other { explanations.job = nil }
    forgetOther()
    secondModel = OtherModel(summary: summary)
    opened(.secondModel(name: summary.name, isAwaited: isAwaited), &effects)
  }

  mutating func forgetOther() {
    explanations.forget(of: .other)
    trust.forget(of: .other)
  }
}

extension ModelSummary {
  /// The index of the class that corresponds to a class of another model: matched together with all
  /// the others by name or meaning; if the classes as a whole do not match, by its name alone,
  /// ignoring case.
  func place(of index: Int, of other: ModelSummary) -> Int? {
    if let match = ClassMatching(classes, to: other.classes) {
      return match.places.element(at: index)
    }
    let name = other.className(index).lowercased()
    let found = classes.indices.filter { classes[$0].lowercased() == name }
    return classes.firstIndex(of: other.className(index)) ?? (found.count == 1 ? found[0] : nil)
  }
}
