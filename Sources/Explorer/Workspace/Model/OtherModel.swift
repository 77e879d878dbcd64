internal import Datasets
internal import Reports
internal import Workbench

/// A second model beside the explorer's: what is known of it.
struct OtherModel: Sendable, Equatable {
  var summary: ModelSummary
  /// How it reads the text; of an older edition until it has read the present one.
  var prediction: PredictionAnswer?
  /// The edition that it was asked about.
  var asked: Edition?
  /// Why it can't read the present text.
  var problem: String?
}

extension State {
  /// How a model reads the text, maybe that of an older edition.
  func reading(by seat: ModelSeat) -> PredictionAnswer? {
    seat == .main ? predictions.latest : secondModel?.prediction
  }

  /// A model has read the present text.
  func isFresh(_ seat: ModelSeat) -> Bool { reading(by: seat)?.edition == document.edition }

  /// How messages call what a choice asks for: `lime → positive`, and by which model.
  func name(of choice: ExplanationChoice) -> String {
    let model = model(in: choice.seat)
    let name = "\(choice.method) \(signs.arrow) \(model?.targetName(choice) ?? "")"
    return choice.seat == .other ? "\(name) by \(model?.name ?? "")" : name
  }

  /// What is known of the model in a seat; nil where there is none.
  func model(in seat: ModelSeat) -> ModelSummary? {
    seat == .main ? summary : secondModel?.summary
  }

  /// A second model was opened; what an earlier one said is forgotten.
  mutating func replaceOtherModel(with summary: ModelSummary, _ effects: inout [Effect]) {
    opening.request = nil
    opening.remember(summary)
    // whoever went on with something else is not taken away from it
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
  /// The class that is another model's: matched with all the others by name or meaning, or where the
  /// two don't know the same classes by its name alone, in any case.
  func place(of index: Int, of other: ModelSummary) -> Int? {
    if let match = ClassMatching(classes, to: other.classes) {
      return match.places.element(at: index)
    }
    let name = other.className(index).lowercased()
    let found = classes.indices.filter { classes[$0].lowercased() == name }
    return classes.firstIndex(of: other.className(index)) ?? (found.count == 1 ? found[0] : nil)
  }
}
