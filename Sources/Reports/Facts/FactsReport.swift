package import Documents

/// Facts about one subject, for people and for programs.
package protocol FactsReport {
  var text: PlainText { get }
  var json: JSON { get }
}

/// Lines with a name and a value each, where the values are aligned.
package enum FactLines {
  package static func text(_ rows: [(name: String, value: String)]) -> PlainText {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { "\(PlainText($0.name).padded(to: width + 2))\($0.value)\n" }.joined()
  }
}
