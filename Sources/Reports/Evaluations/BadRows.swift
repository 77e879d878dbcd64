package import Datasets
package import Documents

/// The rows that could not be read, each with its line and why.
package enum BadRowsJSON {
  package static func list(_ rows: [BadRow], _ sentence: (TextLineProblem) -> String) -> JSON {
    .array(
      rows.map {
        .object([
          .init("index", .integer($0.index)), .init("line", .integer($0.line)),
          .init("error", .string(sentence($0.problem))),
        ])
      })
  }
}
