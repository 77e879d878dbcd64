internal import Attribution
public import Classifiers
internal import Tokenizers

/// One row for each token, word or sentence of the first text and of two candidates, with its
/// contribution to the difference of their scores.
public struct ContrastCSV: ContrastReport {
  let model: Model
  let form: CSVForm

  public init(model: Model, form: CSVForm = .exact) {
    self.model = model
    self.form = form
  }

  public var opening: CSVText {
    CSVText(
      row: [
        "method", "target", "rank", "text", "id", "start", "end", "special", "contribution",
        "standard_error",
      ], form)
  }
  public var closing: CSVText { "" }

  public func text(of contrast: ExplainedContrast) -> CSVText {
    let explained = contrast.first.explanation
    let className = model.classifier.classes[explained.target.classIndex]
    return contrast.units.map { unit in
      CSVText(
        row: [
          explained.card.name, className, unit.candidate.map { String($0.rank) } ?? "",
          unit.score.text, unit.piece.map { String($0.id) } ?? "",
          String(unit.score.utf8Range.lowerBound), String(unit.score.utf8Range.upperBound),
          String(unit.piece?.isSpecial ?? false), unit.score.score.description,
          unit.score.standardError?.description ?? "",
        ], form)
    }.joined()
  }
}
