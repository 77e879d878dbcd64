internal import CSQLite

/// A connection to a file of SQLite's, for one thread at a time.
@safe final class Database {
  /// nil once it is closed.
  private var connection: OpaquePointer?
  /// Compiled once each, by their SQL.
  private var statements: [String: Statement] = [:]

  /// Opens the file, which is made where there is none.
  /// - Parameter patience: how many seconds a statement waits for a lock that another program holds.
  /// - Throws: `DatabaseError`.
  init(path: String, patience: Double) throws {
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(
      path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil)
    unsafe connection = opened
    guard code == SQLITE_OK else {
      let error = unsafe DatabaseError(code, connection: opened)
      close()
      throw error
    }
    unsafe sqlite3_busy_timeout(opened, Int32(1000 * patience))
  }

  deinit { close() }

  /// Gives the file back, which must not be written to any more. May be called twice.
  func close() {
    statements.removeAll()
    unsafe sqlite3_close_v2(connection)
    unsafe connection = nil
  }

  /// Runs statements without parameters, one after the other; what rows they give is dropped.
  /// - Throws: `DatabaseError`.
  func execute(_ script: String) throws {
    try check(unsafe sqlite3_exec(try open(), script, nil, nil, nil))
  }

  /// Runs a statement to its end.
  /// - Throws: `DatabaseError`.
  func run(_ sql: String, _ parameters: DatabaseValue...) throws {
    try forEachRow(sql, parameters) { _ in true }
  }

  /// What `read` makes of the first row; nil where there is none.
  /// - Throws: `DatabaseError`, and what `read` throws.
  func first<Result>(
    _ sql: String, _ parameters: DatabaseValue..., read: (DatabaseRow) throws -> Result
  ) throws -> Result? {
    var result: Result?
    try forEachRow(sql, parameters) { row in
      result = try read(row)
      return false
    }
    return result
  }

  /// What `read` makes of each row.
  /// - Throws: `DatabaseError`, and what `read` throws.
  func all<Result>(
    _ sql: String, _ parameters: DatabaseValue..., read: (DatabaseRow) throws -> Result
  ) throws -> [Result] {
    var results: [Result] = []
    try forEachRow(sql, parameters) { row in
      results.append(try read(row))
      return true
    }
    return results
  }

  /// Of the row that was inserted last.
  var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(connection) }

  enum Transaction: String {
    /// Takes a lock when it reads: for readers, that all they read is of one moment.
    case deferred = "DEFERRED"
    /// Takes the lock of writers at once, so that it never fails in its middle because another writes.
    case immediate = "IMMEDIATE"
  }

  /// All that `body` writes, or nothing of it where that throws.
  /// - Throws: `DatabaseError`, and what `body` throws.
  func transaction<Result>(_ kind: Transaction, _ body: () throws -> Result) throws -> Result {
    try execute("BEGIN \(kind.rawValue)")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // Some errors have rolled back already, and there is nothing left to do then.
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// - Parameter body: false ends the statement before its last row.
  private func forEachRow(
    _ sql: String, _ parameters: [DatabaseValue], _ body: (DatabaseRow) throws -> Bool
  ) throws {
    let statement = try statement(sql)
    defer { statement.reset() }
    for (index, value) in parameters.enumerated() {
      try check(statement.bind(value, to: Int32(index + 1)))
    }
    while true {
      let code = statement.step()
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { return try check(code) }
      guard try body(DatabaseRow(statement)) else { return }
    }
  }

  private func statement(_ sql: String) throws -> Statement {
    if let statement = statements[sql] { return statement }
    var compiled: OpaquePointer?
    try check(unsafe sqlite3_prepare_v2(try open(), sql, -1, &compiled, nil))
    let statement = unsafe Statement(compiled)
    statements[sql] = statement
    return statement
  }

  private func open() throws -> OpaquePointer {
    guard let connection = unsafe connection else {
      throw unsafe DatabaseError(SQLITE_MISUSE, connection: nil)
    }
    return unsafe connection
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw unsafe DatabaseError(code, connection: connection) }
  }
}

/// What SQLite says is wrong.
struct DatabaseError: Error {
  /// SQLite's primary result code: https://www.sqlite.org/rescode.html
  let code: Int32
  let message: String

  /// - Parameter connection: the one that the code came from.
  fileprivate init(_ code: Int32, connection: OpaquePointer?) {
    self.code = code & 0xFF
    let text = unsafe connection == nil ? sqlite3_errstr(code) : sqlite3_errmsg(connection)
    message = unsafe text.map { unsafe String(cString: $0) } ?? "error \(code)"
  }
}
