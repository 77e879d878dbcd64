/// Users' notes about texts, in a store of their own: a text has the same note in every data set,
/// whatever the order of the rows.
public struct StoredNotes: Sendable {
  private let store: ContentStore

  /// - Parameter store: a store with the schema `notes`.
  public init(_ store: ContentStore) {
    self.store = store
  }

  /// All notes; users write few. nil if the store cannot be used.
  public func all() -> [ContentHash: Annotations.Entry]? {
    store.read { database in
      let notes = try database.all("SELECT text, note, label FROM note") { row in
        (
          ContentHash(bytes: row.blob(0)),
          Annotations.Entry(note: row.text(1), label: row.text(2))
        )
      }
      return Dictionary(notes) { $1 }
    }
  }

  /// Stores notes about texts; an empty entry deletes an older one.
  /// - Returns: whether they were stored.
  public func keep(_ entries: [(text: String, entry: Annotations.Entry)]) -> Bool {
    let isKept = store.write { database in
      for (text, entry) in entries {
        let key = DatabaseValue.blob(ContentHash(text: text).bytes)
        if entry.isEmpty {
          try database.run("DELETE FROM note WHERE text = ?", key)
        } else {
          try database.run(
            """
            INSERT OR REPLACE INTO note (text, note, label, changed)
            VALUES (?, ?, ?, datetime('now'))
            """, key, DatabaseValue(entry.note), DatabaseValue(entry.label))
        }
      }
      return true
    }
    return isKept ?? false
  }
}
