internal import Foundation
internal import GRDB

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
    store.using { queue in
      try queue.read { database in
        var notes: [ContentHash: Annotations.Entry] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT text, note, label FROM note")
        while let row = try rows.next() {
          let key: Data = row["text"]
          notes[ContentHash(bytes: Array(key))] = Annotations.Entry(
            note: row["note"], label: row["label"])
        }
        return notes
      }
    }
  }

  /// Writes what is noted of texts, an empty entry takes the older one away.
  /// - Returns: whether it is kept.
  public func keep(_ entries: [(text: String, entry: Annotations.Entry)]) -> Bool {
    let isKept = store.using { queue in
      try queue.write { database in
        for (text, entry) in entries {
          let key = Data(ContentHash(text: text).bytes)
          if entry.isEmpty {
            try database.execute(sql: "DELETE FROM note WHERE text = ?", arguments: [key])
          } else {
            try database.execute(
              sql: """
                INSERT OR REPLACE INTO note (text, note, label, changed)
                VALUES (?, ?, ?, datetime('now'))
                """, arguments: [key, entry.note, entry.label])
          }
        }
        return true
      }
    }
    return isKept ?? false
  }
}
