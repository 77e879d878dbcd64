package import Classifiers

/// Runs a second model beside the first.
package struct AgainstRun {
  package let classes: ClassMatch
  private let model: Model
  private let memory: (any PredictionMemory)?
  private let limit: Int
  private var agreement: ModelAgreement
  private var truncatedRows = 0
  private var differences: [AgainstResult.Difference] = []

  /// - Parameters:
  ///   - given: the user's mapping of classes.
  ///   - memory: stored predictions of the second model.
  ///   - limit: how many differences are listed.
  /// - Throws: `ClassMatchError` if the two have different classes.
  package init(
    _ model: Model, beside first: Model, given: [ClassMatch.Pair] = [],
    memory: (any PredictionMemory)? = nil, limit: Int
  ) throws {
    classes = try ClassMatch(model, beside: first, given: given)
    self.model = model
    self.memory = memory
    self.limit = limit
    agreement = ModelAgreement(classes: first.classifier.classes.count)
  }

  func scorer(_ body: @escaping (ScoredLine) throws -> Void) -> Scorer {
    Scorer(model, memory: memory, body)
  }

  mutating func add(_ example: Example, _ first: Judgement, _ second: Judgement) {
    agreement.add(gold: example.gold, first: first.predicted, second: second.predicted)
    if second.truncation != nil { truncatedRows += 1 }
    guard first.predicted != second.predicted, limit > 0 else { return }
    let difference = AgainstResult.Difference(example: example, first: first, second: second)
    let place =
      differences.firstIndex { $0.confidence < difference.confidence } ?? differences.count
    guard place < limit else { return }
    differences.insert(difference, at: place)
    if differences.count > limit { differences.removeLast() }
  }

  var result: AgainstResult {
    let right = Double(agreement.bothRight + agreement.onlySecondRight)
    return AgainstResult(
      name: model.name, architecture: model.architecture, agreement: agreement,
      accuracy: agreement.labelledRows == 0 ? .nan : right / Double(agreement.labelledRows),
      truncatedRows: truncatedRows, differences: differences)
  }
}
