internal import Datasets
internal import Workbench

/// The data set that is open on Errors, and how far the model has scored it.
struct OpenDataset: Sendable {
  /// There is one to be scored, whoever the model is.
  var isGiven = false
  var name: String?
  var source = DataSource()
  var status = ErrorsScreen.Status.none
  var progress = RowsProgress()
  /// How many rows the data set has, as soon as somebody has counted them.
  var total: Int?
  var table: ExampleTable?
}

/// Where a data set comes from, to be found again and to be named on a command line.
struct DataSource: Sendable, Equatable {
  /// nil where it can't be found again.
  var path: String?
  /// As on the command line: `--text-column`, `review`.
  var arguments: [String] = []
}
