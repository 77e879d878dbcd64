internal import Attribution
public import Classifiers
internal import Datasets
internal import Documents
internal import Tokenizers

/// One JSON object a line: what contributes to the difference of two candidates, and the whole
/// explanation of each.
public struct ContrastJSON: ContrastReport {
  let model: Model

  public init(model: Model) { self.model = model }

  public var opening: JSONText { "" }
  public var closing: JSONText { "" }

  public func text(of contrast: ExplainedContrast) -> JSONText {
    let explained = contrast.first.explanation
    let target = explained.target
    let found = contrast.contrast
    let json = JSON.object([
      .init("schema", .integer(1)),
      .init("text", .string(explained.prediction.encoding.text)),
      .init("model", ResultJSON.model(model)),
      .init("method", .string(explained.card.name)),
      .init("by", .string(explained.unit.rawValue)),
      .init(
        "target",
        .object([
          .init("class", .string(model.classifier.classes[target.classIndex])),
          .init("index", .integer(target.classIndex)),
          .init("score", .string(target.quantity.rawValue)),
        ])),
      .init("ranks", .array([.integer(contrast.first.rank), .integer(contrast.second.rank)])),
      .init("difference", .float(found.difference)),
      .init("contributions", .array(contrast.units.map(contribution))),
      .init("sum", .float(found.sum)),
      .init("reference_difference", found.referenceDifference.map(JSON.float) ?? .null),
      .init("convergence_delta", found.convergenceDelta.map(JSON.float) ?? .null),
      .init("candidates", .array([contrast.first, contrast.second].map(candidate))),
    ])
    return "\(json)\n"
  }

  private func contribution(_ unit: ExplainedContrast.Unit) -> JSON {
    .object([
      .init("text", .string(unit.score.text)),
      .init("id", unit.piece.map { .integer($0.id) } ?? .null),
      .init("rank", unit.candidate.map { .integer($0.rank) } ?? .null),
      .init("start", .integer(unit.score.utf8Range.lowerBound)),
      .init("end", .integer(unit.score.utf8Range.upperBound)),
      .init("special", .bool(unit.piece?.isSpecial ?? false)),
      .init("score", .float(unit.score.score)),
      .init("standard_error", unit.score.standardError.map(JSON.float) ?? .null),
    ])
  }

  private func candidate(_ candidate: ExplainedContrast.Candidate) -> JSON {
    let encoding = candidate.explanation.prediction.encoding
    let record = TextRecord(
      line: candidate.index + 1, content: .init(text: encoding.text, pair: encoding.pair))
    let json = ResultJSON.explanation(
      candidate.explanation, of: record, index: candidate.index, model: model)
    guard case .object(let members) = json else { return json }
    return .object([.init("rank", .integer(candidate.rank))] + members)
  }
}
