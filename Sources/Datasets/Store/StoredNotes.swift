/// What people wrote about texts, in a store of its own: the same text has the same note in any data
/// set, and another order of the rows changes nothing.
public struct StoredNotes: Sendable {
  private let store: ContentStore

  /// - Parameter store: one with the schema `notes`.
  public init(_ store: ContentStore) {
    self.store = store
  }

  /// All that there are: people write few. Nil where the store can't be used.
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

  /// Writes what is noted of texts, an empty entry takes the older one away.
  /// - Returns: whether it is kept.
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
