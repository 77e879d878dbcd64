internal import Datasets
internal import Workbench

/// The status of a job on all rows of a data set.
enum RowsStatus: Sendable, Equatable {
  case none, scoring, done, stopped
  case failed(String)
}

/// The open data set, the user's labels and notes, and the model's predictions as far as they are
/// made.
struct OpenDataset: Sendable {
  /// Whether a data set was opened. Each model that is opened scores it.
  var isGiven = false
  var name: String?
  var source = DataSource()
  var status = RowsStatus.none
  var progress = RowsProgress()
  /// The number of rows of the data set; nil until they are counted.
  var total: Int?
  var table: ExampleTable?
  var rows = FilteredRows()
  var explained = ExplainedRows()
  /// The argument of the model that scored the rows; it contains the labels of zero-shot models.
  var scoredBy: String?
  var notes = RowNotes()
  /// Whether digit keys label rows.
  var isLabelling = false
  /// The index of the row in the table whose text was put in the editor.
  var openedRow: Int?
  /// The views of data sets from earlier sessions.
  var sessions = KeptDataSessions()

  /// Begins with an empty table, and removes the results and notes of the previous one.
  mutating func begin(classes: [String]) {
    (table, total, openedRow) = (ExampleTable(classes: classes), nil, nil)
    rows.forget()
    (explained, isLabelling) = (ExplainedRows(), false)
    (notes.annotations, notes.steps) = (Annotations(), Steps())
  }
}

/// The file of a data set, as the command line names it.
struct DataSource: Sendable, Equatable {
  /// nil if the data can't be opened again by a path.
  var path: String?
  /// The options that describe the file: `--text-column`, `review`.
  var arguments: [String] = []
}
