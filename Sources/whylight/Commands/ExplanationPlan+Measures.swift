internal import Attribution
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports
internal import Tokenizers

extension ExplanationPlan {
  /// The mean of each measure over a sample of a data set.
  /// - Parameter rows: the size of the sample; the same seed draws the same rows.
  func averages(_ model: Model, rows: Int) -> MeasureAverages {
    MeasureAverages(
      methods: explainers.map(\.card.name), measures: measures.map(\.card.name), rows: rows,
      generator: SeededGenerator(seed: options.seed)
    ) { example in
      let prediction = try model.predict(model.tokenizer.encode(example.content))
      let record = TextRecord(
        line: example.line, content: example.content,
        fields: example.rationale.map { [.init(Rationale.field, $0)] } ?? [])
      let rationale = Rationale.tokens(of: record, encoding: prediction.encoding)
      return try explainers.map { try values(prediction, $0, model, rationale) }
    }
  }

  /// nil if a measure does not apply; all are nil if the text is too long for the method.
  private func values(
    _ prediction: Prediction, _ explainer: any Explainer, _ model: Model, _ rationale: [Bool]?
  ) throws -> [Double?] {
    do {
      return try explain(prediction, with: explainer, model: model, rationale: rationale)
        .measurements.map(\.result.value)
    } catch let failure as Failure where failure.status == 1 {
      return measures.map { _ in nil }
    }
  }
}
