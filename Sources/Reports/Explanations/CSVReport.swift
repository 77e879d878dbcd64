internal import Attribution
public import Classifiers
public import Datasets
internal import Tokenizers

/// One row per token, word or sentence.
public struct CSVReport: Report {
  let model: Model
  let form: CSVForm

  public init(model: Model, form: CSVForm = .exact) {
    self.model = model
    self.form = form
  }

  public var opening: CSVText {
    CSVText(
      row: [
        "index", "method", "target", "token", "text", "id", "start", "end", "special", "score",
        "standard_error", "truncated", "part",
      ], form)
  }

  public func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> CSVText {
    let pieces = explanation.prediction.encoding.pieces
    let truncation = explanation.prediction.encoding.truncation?.sentence ?? ""
    let className = model.classifier.classes[explanation.target.classIndex]
    return explanation.units.enumerated().map { position, unit in
      let piece = unit.pieces.count == 1 ? pieces[unit.pieces[0]] : nil
      return CSVText(
        row: [
          String(index), explanation.card.name, className, String(position), unit.text,
          piece.map { String($0.id) } ?? "", String(unit.utf8Range.lowerBound),
          String(unit.utf8Range.upperBound), String(piece?.isSpecial ?? false),
          unit.score.description, unit.standardError?.description ?? "", truncation,
          String(unit.part),
        ], form)
    }.joined()
  }
}
