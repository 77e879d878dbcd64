package import Datasets

/// What the user should know about how a data set was read.
package enum DatasetNotes {
  package static func lines(_ facts: DatasetFacts) -> [String] {
    var lines: [String] = []
    if facts.singleByteFields > 0 {
      lines.append(singleBytes(facts.singleByteFields))
    }
    if facts.labels.isUncertain {
      lines.append("labels were taken to mean: \(meanings(facts)); --map changes that")
    }
    if !facts.unreadTexts.isEmpty { lines.append(unread(facts.unreadTexts)) }
    return lines + repeated(names: facts.repeatedNames, keys: facts.repeatedKeys)
  }

  /// Which one is used of several columns, or keys of an object, with the same name.
  package static func repeated(names: [String], keys: [String]) -> [String] {
    names.prefix(3).map {
      "several columns are called '\($0)': the first keeps the name, the next is '\($0).2'"
    }
      + keys.prefix(3).map { "an object has '\($0)' more than once: the last one counts" }
  }

  package static func singleBytes(_ fields: Int) -> String {
    "\(Numerals.count(fields, "field")) not in UTF-8: read as windows-1252; --encoding changes "
      + "that"
  }

  /// `text "review", label "stars" (1 = negative, 2 = positive)`: how the columns of the file were
  /// interpreted.
  package static func columns(_ facts: DatasetFacts) -> String {
    var parts: [String] = []
    if let text = facts.columns.text { parts.append("text \"\(text)\"") }
    if let pair = facts.columns.pair { parts.append("second text \"\(pair)\"") }
    if !facts.labelColumns.isEmpty {
      let names = Messages.shortList(facts.labelColumns.map { "\"\($0)\"" })
      let meanings = meanings(facts)
      parts.append(
        (facts.labelColumns.count == 1 ? "label " : "labels ") + names
          + (facts.labels.meanings.isEmpty ? "" : " (\(meanings))"))
    }
    if let id = facts.columns.id { parts.append("id \"\(id)\"") }
    return parts.joined(separator: ", ")
  }

  /// `1 = negative, 2 = positive`
  package static func meanings(_ facts: DatasetFacts) -> String {
    Messages.shortList(facts.labels.meanings.map { "\($0.label) = \($0.className)" })
  }

  /// A note about text columns that the model does not read.
  package static func unread(_ columns: [String]) -> String {
    let names = Messages.shortList(columns.map { "'\($0)'" })
    return columns.count == 1
      ? "column \(names) also holds text and was not read; --pair-column reads it as a second text"
      : "columns \(names) also hold text and were not read; --pair-column reads one of them as a second text"
  }
}
