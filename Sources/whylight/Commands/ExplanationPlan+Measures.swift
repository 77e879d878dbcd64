internal import Attribution
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports
internal import Tokenizers

extension ExplanationPlan {
  /// The mean of each measure over a sample of a data set; no mean for a measure that does not apply.
  /// - Parameters:
  ///   - rows: the size of the sample; the same seed draws the same rows.
  ///   - progress: shows the expected cost, then the progress.
  func averages(_ model: Model, rows: Int, _ progress: ProgressLine) -> MeasureAverages {
    var texts = rows
    var averages = MeasureAverages(
      methods: explainers.map(\.card.name), measures: measures.map(\.card.name), rows: rows,
      generator: SeededGenerator(seed: options.seed)
    ) { example in
      let (prediction, measured) = try model.timedPrediction(
        model.tokenizer.encode(example.content))
      var pass = measured
      let record = TextRecord(
        line: example.line, content: example.content,
        fields: example.rationale.map { [.init(Rationale.field, $0)] } ?? [])
      let rationale = Rationale.tokens(of: record, encoding: prediction.encoding)
      return try explainers.map { explainer in
        do {
          return try explain(
            prediction, with: explainer, model: model, rationale: rationale, pass: &pass,
            texts: texts, progress
          ).measurements.map(\.result.value)
        } catch let failure as Failure where failure.status == 1 {
          // the text is too long for the method
          return measures.map { _ in nil }
        }
      }
    }
    averages.progress = { done, count in
      texts = count
      progress.advance(by: 1, share: Double(done) / Double(count))
    }
    return averages
  }
}
