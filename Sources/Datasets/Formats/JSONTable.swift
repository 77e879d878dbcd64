internal import Documents

/// A whole table in one JSON object, in the forms that pandas and others write.
enum JSONTable {
  /// The rows of a table; nil if the object itself is a row.
  ///
  /// Supported are `{"data": [{…}, …]}` under any name, `{"columns": […], "data": [[…], …]}`,
  /// `{column: [value, …]}`, `{column: {row: value}}` and `{row: {column: value}}`.
  static func rows(_ document: JSON) -> [[JSON.Member]]? {
    guard case .object(let members) = document, !members.isEmpty else { return nil }
    return split(document) ?? wrapped(members) ?? lists(members) ?? objects(members)
  }

  /// pandas' `orient="split"`.
  private static func split(_ document: JSON) -> [[JSON.Member]]? {
    guard case .array(let names)? = document["columns"], case .array(let rows)? = document["data"]
    else { return nil }
    let columns = names.map(name)
    return rows.compactMap { row in
      guard case .array(let values) = row, values.count == columns.count else { return nil }
      return zip(columns, values).map { JSON.Member($0, $1) }
    }
  }

  /// A list of objects beside metadata, such as pandas' `orient="table"`.
  private static func wrapped(_ members: [JSON.Member]) -> [[JSON.Member]]? {
    let lists = members.compactMap { member -> [[JSON.Member]]? in
      guard case .array(let items) = member.value, !items.isEmpty else { return nil }
      let rows = items.compactMap(fields)
      return rows.count == items.count ? rows : nil
    }
    return lists.count == 1 ? lists[0] : nil
  }

  /// pandas' `orient="list"`. A single row may also have lists of equal length: its words and
  /// marks.
  private static func lists(_ members: [JSON.Member]) -> [[JSON.Member]]? {
    let columns = members.compactMap { member -> [JSON]? in
      if case .array(let values) = member.value { values } else { nil }
    }
    guard columns.count == members.count, let count = columns.first?.count, count > 0,
      columns.allSatisfy({ $0.count == count }),
      !members.contains(where: { ["tokens", "words"].contains($0.key) })
    else { return nil }
    return (0..<count).map { row in
      zip(members, columns).map { JSON.Member($0.key, $1[row]) }
    }
  }

  /// pandas' `orient="columns"`, its default, and `orient="index"`.
  private static func objects(_ members: [JSON.Member]) -> [[JSON.Member]]? {
    let inner = members.compactMap { fields($0.value) }
    guard inner.count == members.count, let first = inner.first, !first.isEmpty else { return nil }
    let keys = first.map(\.key)
    guard isIndex(keys) || !ColumnNames.known.isDisjoint(with: members.map { $0.key.lowercased() })
    else { return inner }
    if isIndex(members.map(\.key)), !isIndex(keys) { return inner }
    let columns = inner.map { fields in
      Dictionary(fields.map { ($0.key, $0.value) }) { _, last in last }
    }
    return keys.map { key in
      zip(members, columns).map { JSON.Member($0.key, $1[key] ?? .null) }
    }
  }

  private static func isIndex(_ keys: [String]) -> Bool { keys.allSatisfy { Int($0) != nil } }

  private static func fields(_ value: JSON) -> [JSON.Member]? {
    if case .object(let members) = value { members } else { nil }
  }

  private static func name(_ value: JSON) -> String {
    if case .string(let text) = value { text } else { value.line }
  }
}
