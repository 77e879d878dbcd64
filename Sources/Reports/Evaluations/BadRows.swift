package import Datasets
package import Documents

/// The rows that could not be read, each with its line and the reason.
package struct BadRows {
  package let rows: [BadRow]
  /// The number of all such rows, of which `rows` has the first.
  package let count: Int
  /// Describes why a row cannot be read.
  package let sentence: (TextLineProblem) -> String

  /// The length of the list in reports for people.
  private static let listLength = 10

  package init(_ rows: [BadRow], count: Int, _ sentence: @escaping (TextLineProblem) -> String) {
    self.rows = rows
    self.count = count
    self.sentence = sentence
  }

  private var title: String { "\(Numerals.count(count, "row")) could not be read" }

  package var text: [PlainText] {
    guard count > 0 else { return [] }
    var lines: [PlainText] = ["\(title):"]
    lines += rows.prefix(Self.listLength).map { "  line \($0.line): \(sentence($0.problem))" }
    let rest = count - Self.listLength
    if rest > 0 { lines.append("  and \(Numerals.grouped(rest)) more") }
    return lines
  }

  package var html: MarkupText {
    HTMLTable.section(
      title, header: ["line", "why"],
      rows: rows.map { HTMLTable.row(String($0.line), [], text: sentence($0.problem)) })
  }

  package var json: JSON {
    .array(
      rows.map {
        .object([
          .init("index", .integer($0.index)), .init("line", .integer($0.line)),
          .init("error", .string(sentence($0.problem))),
        ])
      })
  }
}
