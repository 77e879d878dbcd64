internal import CSQLite

/// A connection to an SQLite file, for one thread at a time.
@safe final class Database {
  /// nil once closed.
  private var connection: OpaquePointer?
  /// Compiled statements by their SQL.
  private var statements: [String: Statement] = [:]

  /// Opens the file, and creates it if necessary.
  /// - Parameter patience: how many seconds a statement waits for another program's lock.
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

  /// Closes the connection, after which it must not be used. May be called twice.
  func close() {
    statements.removeAll()
    unsafe sqlite3_close_v2(connection)
    unsafe connection = nil
  }

  /// Runs statements without parameters in order; resulting rows are ignored.
  /// - Throws: `DatabaseError`.
  func execute(_ script: String) throws {
    try check(unsafe sqlite3_exec(try open(), script, nil, nil, nil))
  }

  /// Runs a statement to its end.
  /// - Throws: `DatabaseError`.
  func run(_ sql: String, _ parameters: DatabaseValue...) throws {
    try forEachRow(sql, parameters) { _ in true }
  }

  /// The first row, decoded by `read`; nil if there is none.
  /// - Throws: `DatabaseError`, and errors of `read`.
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

  /// All rows, decoded by `read`.
  /// - Throws: `DatabaseError`, and errors of `read`.
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

  /// The id of the last inserted row.
  var lastInsertedRow: Int64 { unsafe sqlite3_last_insert_rowid(connection) }

  enum Transaction: String {
    /// Takes a lock on its first read, so that everything it reads is from one moment.
    case deferred = "DEFERRED"
    /// Takes the write lock at once, so that it never fails halfway because another program writes.
    case immediate = "IMMEDIATE"
  }

  /// Runs `body` in a transaction, which is rolled back if it throws.
  /// - Throws: `DatabaseError`, and errors of `body`.
  func transaction<Result>(_ kind: Transaction, _ body: () throws -> Result) throws -> Result {
    try execute("BEGIN \(kind.rawValue)")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // After some errors SQLite has already rolled back, and this does nothing.
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// - Parameter body: returns false to stop before the last row.
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

/// An error of SQLite.
struct DatabaseError: Error {
  /// SQLite's primary result code: https://www.sqlite.org/rescode.html
  let code: Int32
  let message: String

  /// - Parameter connection: the connection that returned the code.
  fileprivate init(_ code: Int32, connection: OpaquePointer?) {
    self.code = code & 0xFF
    let text = unsafe connection == nil ? sqlite3_errstr(code) : sqlite3_errmsg(connection)
    message = unsafe text.map { unsafe String(cString: $0) } ?? "error \(code)"
  }
}
