internal import GRDB

/// The tables of a store. A change of them is a further migration; none is ever edited.
public enum StoreSchema: Sendable {
  /// What models said: can be found out again.
  case predictions
  /// What people wrote: can't.
  case notes

  /// How far a power cut may reach. In a write-ahead log NORMAL may lose the last transactions (SQLite,
  /// PRAGMA synchronous), which is right for what can be found out again.
  package var synchronous: String {
    switch self {
    case .predictions: "NORMAL"
    case .notes: "FULL"
    }
  }

  var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (name, sql) in migrations {
      migrator.registerMigration(name) { try $0.execute(sql: sql) }
    }
    return migrator
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
