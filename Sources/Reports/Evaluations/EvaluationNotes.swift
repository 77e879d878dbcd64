internal import Classifiers
internal import Datasets

/// What a reader has to know before the figures of an evaluation: the same sentences in every
/// format.
package enum EvaluationNotes {
  /// nil if there are rows to count.
  package static func emptiness(rows: Int, condition: String? = nil) -> String? {
    guard rows == 0 else { return nil }
    return condition.map { "no row counts: none with a label matches \($0)" }
      ?? "no row counts: none has a label that could be read"
  }

  /// nil if the model read every text completely.
  package static func truncation(_ truncated: Int, of rows: Int, by model: String) -> String? {
    guard truncated > 0 else { return nil }
    return "\(model) did not read all of the text in \(Numerals.grouped(truncated)) of"
      + " \(Numerals.count(rows, "row"))"
  }

  /// A figure for people; `none` if there are no rows.
  package static func number(_ value: Double) -> String {
    value.isNaN ? none : Numerals.fixed(Float(value), 4)
  }

  /// Written instead of a missing value.
  package static let none = "–"

  /// The beginning of a text, for the last column of a table.
  package static func excerpt(_ text: String) -> String {
    let start = text.prefix(100)
    return start.endIndex < text.endIndex ? start + "…" : String(start)
  }

  /// A figure in a CSV file; a missing one is an empty field, which is read as NaN.
  package static func cell(_ value: Double) -> String { value.isNaN ? "" : value.description }
}

extension ClassificationReport {
  /// In order of importance.
  package var notes: [String] {
    let against = result.against
    return [
      EvaluationNotes.emptiness(rows: evaluation.rows, condition: result.condition),
      EvaluationNotes.truncation(evaluation.truncatedRows, of: evaluation.rows, by: model.name),
      against.flatMap {
        EvaluationNotes.truncation($0.truncatedRows, of: $0.agreement.rows, by: $0.name)
      },
    ].compactMap(\.self)
  }
}

extension RegressionReport {
  /// In order of importance.
  package var notes: [String] {
    [
      EvaluationNotes.emptiness(rows: evaluation.rows),
      EvaluationNotes.truncation(evaluation.truncatedRows, of: evaluation.rows, by: model.name),
    ].compactMap(\.self)
  }
}
