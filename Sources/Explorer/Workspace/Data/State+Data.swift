package import Datasets
internal import Tokenizers

/// What there is of a data set.
extension State {
  /// The data set as far as it has come.
  package var examples: ExampleTable? { dataset.table }

  /// The row of the data set that is in the editor, unless its text was edited since.
  var openedExample: ScoredExample? {
    guard let table = dataset.table, let row = dataset.openedRow, row < table.count else {
      return nil
    }
    let example = table[row]
    return example.texts == document.texts ? example : nil
  }

  /// What to do where there is no data set.
  var noDataHint: String { "no data yet: O opens a file, Enter on Errors a sample" }

  /// There is none, and none is being read.
  var hasNoDataset: Bool { dataset.status == .none && !dataset.isGiven }
}
