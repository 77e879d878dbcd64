package import Classifiers
package import Datasets
internal import Documents

/// The evaluation of a model on a data set, in the formats of `evaluate`.
package protocol EvaluationReport: FactsReport {
  var model: Model { get }
  /// The data set as specified by the user.
  var data: String { get }
  /// How the file was interpreted.
  var facts: DatasetFacts { get }
  var counts: any CountedRows { get }
  /// Describes why a row cannot be read.
  var sentence: (TextLineProblem) -> String { get }
  /// What a reader has to know before the figures, in order of importance.
  var notes: [String] { get }

  func csv(_ form: CSVForm) -> CSVText
  var html: MarkupText { get }
}

extension EvaluationReport {
  /// Whether every row could be read and there is at least one to evaluate.
  package var isWhole: Bool { counts.badRowCount == 0 && counts.rows > 0 }

  var title: String { "\(model.name) on \(data)" }

  var badRows: BadRows { BadRows(counts.badRows, count: counts.badRowCount, sentence) }

  /// The first members of the JSON of every evaluation.
  var headJSON: [JSON.Member] {
    [
      .init("schema", .integer(1)), .init("model", ResultJSON.model(model)),
      .init("data", dataJSON),
    ]
  }

  var countsJSON: [JSON.Member] {
    [
      .init("rows", .integer(counts.rows)),
      .init("unlabelled_rows", .integer(counts.unlabelledRows)),
      .init("truncated_rows", .integer(counts.truncatedRows)),
      .init("bad_row_count", .integer(counts.badRowCount)), .init("bad_rows", badRows.json),
    ]
  }

  private var dataJSON: JSON {
    let columns = facts.columns
    func name(_ name: String?) -> JSON { name.map(JSON.string) ?? .null }
    func names(_ names: [String]) -> JSON { .array(names.map(JSON.string)) }
    return .object([
      .init("file", .string(data)), .init("encoding", .string(facts.encoding.rawValue)),
      .init("text_column", name(columns.text)), .init("pair_column", name(columns.pair)),
      .init("label_column", name(columns.label)), .init("id_column", name(columns.id)),
      .init("label_columns", names(facts.labelColumns)),
      .init("unread_text_columns", names(facts.unreadTexts)),
      .init("repeated_columns", names(facts.repeatedNames + facts.repeatedKeys)),
      .init(
        "labels",
        .array(
          facts.labels.meanings.map {
            .object([
              .init("label", .string($0.label)), .init("class", .string($0.className)),
            ])
          })),
    ])
  }
}
