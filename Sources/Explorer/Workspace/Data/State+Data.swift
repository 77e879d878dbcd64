package import Datasets
internal import Tokenizers

/// The open data set.
extension State {
  /// The rows that were scored so far; nil without a data set.
  package var examples: ExampleTable? { dataset.table }

  /// The row whose text is in the editor; nil if there is none, or if its text was edited.
  var openedExample: ScoredExample? {
    guard let table = dataset.table, let row = dataset.openedRow, row < table.count else {
      return nil
    }
    let example = table[row]
    return example.texts == document.texts ? example : nil
  }

  /// The message of keys that need a data set.
  var noDataHint: String { "no data yet: O opens a file, Enter on Errors a sample" }

  /// Whether no data set is open or being read.
  var hasNoDataset: Bool { dataset.status == .none && !dataset.isGiven }
}
