package import Datasets

/// The predictions for the rows of a data set in one of the output formats: `opening`, then each
/// row.
package protocol RowReport {
  var opening: Output { get }
  func output(of example: Example, _ judgement: Judgement) -> Output
}

extension RowReport {
  package var opening: Output { .empty }
}

extension OutputCatalog {
  /// The format of a file of rows, by its name; CSV if the name has no known ending.
  package func rowFormat(ofFile path: String) -> OutputFormat {
    let able = formats(writing: \.rows)
    return able.first { path.hasSuffix(".\($0.ending)") }
      ?? (path.hasSuffix(".ndjson") ? .jsonl : .csv)
  }
}
