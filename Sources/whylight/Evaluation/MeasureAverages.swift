internal import Attribution
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports
internal import Tokenizers

/// Explains a random sample of a data set and measures the explanations.
struct MeasureAverages {
  private let plan: ExplanationPlan
  private let model: Model
  private var sample: Reservoir<Example>
  private var generator: SeededGenerator

  /// - Parameter rows: how large the sample is; the same seed draws the same rows.
  init(_ plan: ExplanationPlan, model: Model, rows: Int) {
    self.plan = plan
    self.model = model
    sample = Reservoir(limit: rows)
    generator = SeededGenerator(seed: plan.options.seed)
  }

  mutating func add(_ example: Example) {
    sample.add(example, using: &generator)
  }

  /// Methods outer, measures inner.
  func averages(_ progress: ProgressLine) throws -> [MeasureAverage] {
    var averages = plan.explainers.flatMap { explainer in
      plan.measures.map { MeasureAverage(method: explainer.card.name, measure: $0.card.name) }
    }
    let examples = sample.items
    for (number, example) in examples.enumerated() {
      progress.advance(by: 1, share: Double(number) / Double(examples.count))
      let prediction = try model.predict(model.tokenizer.encode(example.content))
      let record = TextRecord(
        line: example.line, content: example.content,
        fields: example.rationale.map { [.init(Rationale.field, $0)] } ?? [])
      let rationale = Rationale.tokens(of: record, encoding: prediction.encoding)
      for (place, explainer) in plan.explainers.enumerated() {
        let start = place * plan.measures.count
        let values = try measure(prediction, explainer, rationale)
        for (index, value) in values.enumerated() {
          if let value {
            averages[start + index].estimate.add(value)
          } else {
            averages[start + index].notApplicable += 1
          }
        }
      }
    }
    return averages
  }

  /// nil where a measure does not apply; all nil where the text is too long for the method.
  private func measure(
    _ prediction: Prediction, _ explainer: any Explainer, _ rationale: [Bool]?
  ) throws -> [Double?] {
    do {
      return try plan.explain(prediction, with: explainer, model: model, rationale: rationale)
        .measurements.map(\.result.value)
    } catch let failure as Failure where failure.status == 1 {
      return plan.measures.map { _ in nil }
    }
  }
}
