/// The tables of a store. A change is a new migration; existing ones are never edited.
public enum StoreSchema: Sendable {
  /// Predictions, which can be computed again.
  case predictions
  /// Users' notes, which cannot.
  case notes

  /// The effect of a power failure. With a write-ahead log, NORMAL may lose the last transactions
  /// (SQLite, PRAGMA synchronous), which is acceptable for data that can be computed again.
  package var synchronous: String {
    switch self {
    case .predictions: "NORMAL"
    case .notes: "FULL"
    }
  }

  /// Migrates a file to these tables.
  /// - Returns: false if a later version of the program has changed it; the file is left unchanged.
  /// - Throws: `DatabaseError`.
  func migrate(_ database: Database) throws -> Bool {
    let names = Set(migrations.map(\.name))
    let present = try Self.applied(to: database)
    guard present.isSubset(of: names) else { return false }
    // Nothing to do, so no lock is needed.
    guard present != names else { return true }
    return try database.transaction(.immediate) {
      try database.execute(
        "CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      // Another program may have migrated it in the meantime.
      let present = try Self.applied(to: database)
      guard present.isSubset(of: names) else { return false }
      for (name, sql) in migrations where !present.contains(name) {
        try database.execute(sql)
        try database.run("INSERT INTO grdb_migrations (identifier) VALUES (?)", .text(name))
      }
      return true
    }
  }

  /// The migrations of a file. Their table is named after the library that used to manage it.
  private static func applied(to database: Database) throws -> Set<String> {
    let tables = try database.all(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'grdb_migrations'"
    ) { $0.text(0) }
    guard !tables.isEmpty else { return [] }
    return Set(try database.all("SELECT identifier FROM grdb_migrations") { $0.text(0) ?? "" })
  }

  private var migrations: [(name: String, sql: String)] {
    switch self {
    case .predictions:
      [
        (
          "predictions",
          """
          CREATE TABLE model (
            id INTEGER PRIMARY KEY,
            fingerprint BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL,
            used TEXT NOT NULL
          );
          CREATE TABLE prediction (
            model INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
            text BLOB NOT NULL,
            answer BLOB NOT NULL,
            PRIMARY KEY (model, text)
          ) WITHOUT ROWID;
          """
        ),
        (
          "scores",
          """
          CREATE TABLE score (
            model INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
            method TEXT NOT NULL,
            text BLOB NOT NULL,
            answer BLOB NOT NULL,
            PRIMARY KEY (model, method, text)
          ) WITHOUT ROWID;
          """
        ),
      ]
    case .notes:
      [
        (
          "notes",
          """
          CREATE TABLE note (
            text BLOB PRIMARY KEY,
            note TEXT,
            label TEXT,
            changed TEXT NOT NULL
          ) WITHOUT ROWID;
          """
        )
      ]
    }
  }
}
