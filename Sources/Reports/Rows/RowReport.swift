package import Datasets

/// What the model says of each row of a data set, in one of the output formats: `opening`, then each
/// row.
package protocol RowReport {
  var opening: Output { get }
  func output(of example: Example, _ judgement: Judgement) -> Output
}

extension RowReport {
  package var opening: Output { .empty }
}

extension OutputCatalog {
  /// How a file of rows is written, by its name; CSV where the name says nothing else.
  package func rowFormat(ofFile path: String) -> OutputFormat {
    let able = formats(writing: \.rows)
    return able.first { path.hasSuffix(".\($0.ending)") }
      ?? (path.hasSuffix(".ndjson") ? .jsonl : .csv)
  }
}
