internal import CSQLite
internal import Documents
internal import FoundationEssentials
internal import Synchronization

/// A database of facts about texts by content: predictions of models, so that nothing is computed
/// twice, or users' notes.
///
/// Several programs may use the file at once. Each batch is a transaction in SQLite's write-ahead
/// log: a program that is killed loses at most the current batch. No error here ends an evaluation:
/// if the file cannot be used, work continues without it, and `report` is called once.
public final class ContentStore: Sendable {
  public let path: String
  private let schema: StoreSchema
  private let report: @Sendable (StoreNotice) -> Void
  /// nil if the file cannot be used.
  private let database: Mutex<Database?>

  /// How long a program waits, in seconds, while another one writes.
  private static let patience = 10.0

  /// - Parameters:
  ///   - path: the file; its folder is created if necessary.
  ///   - schema: the kind of contents.
  ///   - report: called if there is a problem with the file.
  public init(
    path: String, schema: StoreSchema = .predictions,
    report: @escaping @Sendable (StoreNotice) -> Void = { _ in }
  ) {
    self.path = path
    self.schema = schema
    self.report = report
    database = Mutex(nil)
    open()
  }

  private func open() {
    var notice: StoreNotice?
    database.withLock { database in
      do {
        database = try opened(path)
      } catch {
        database = recovered(from: error, notice: &notice)
      }
    }
    if let notice { report(notice) }
  }

  /// Moves a damaged file aside and creates a new one.
  private func recovered(
    from error: any Error, notice: inout StoreNotice?
  ) -> sending Database? {
    guard StoreNotice.isDamage(error) else {
      notice = StoreNotice(error, path: path)
      return nil
    }
    do {
      let aside = try Self.setAside(path)
      let opened = try self.opened(path)
      notice = .damaged(path: path, setAside: aside)
      return opened
    } catch {
      notice = StoreNotice(error, path: path)
      return nil
    }
  }

  private func opened(_ path: String) throws -> sending Database {
    try PrivateFiles.makeFolder(PathParts(path).folder)
    // SQLite gives its other files the permissions of this one.
    PrivateFiles.makeFile(path)
    for ending in ["-wal", "-shm"] { PrivateFiles.close(path + ending) }
    let database = try Database(path: path, patience: Self.patience)
    // Keys arrive in random order, so the pages that they fall on are cached (in KiB). On file
    // systems that cannot share the log's memory, SQLite keeps its journal mode, which is equally
    // safe.
    try database.execute(
      """
      PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32768;
      PRAGMA synchronous = \(schema.synchronous)
      """)
    guard try schema.migrate(database) else { throw StoreNotice.newer(path: path) }
    return database
  }

  /// - Returns: the new path of the file.
  private static func setAside(_ path: String) throws -> String {
    let files = FileManager.default
    var aside = path + ".damaged"
    var number = 1
    while files.fileExists(atPath: aside) {
      number += 1
      aside = path + ".damaged-\(number)"
    }
    try files.moveItem(atPath: path, toPath: aside)
    for ending in ["-wal", "-shm"] where files.fileExists(atPath: path + ending) {
      try files.moveItem(atPath: path + ending, toPath: aside + ending)
    }
    return aside
  }

  /// The result of `body`, which reads a consistent snapshot; nil if the file cannot be used.
  func read<Result: Sendable>(_ body: @Sendable (Database) throws -> Result) -> Result? {
    using(.deferred, body)
  }

  /// The result of `body`, whose changes are made entirely or not at all; nil if the file cannot be
  /// used.
  func write<Result: Sendable>(_ body: @Sendable (Database) throws -> Result) -> Result? {
    using(.immediate, body)
  }

  private func using<Result: Sendable>(
    _ kind: Database.Transaction, _ body: @Sendable (Database) throws -> Result
  ) -> Result? {
    var notice: StoreNotice?
    let result: Result? = database.withLock { database in
      guard let open = database else { return nil }
      do {
        return try open.transaction(kind) { try body(open) }
      } catch {
        // Closed before the file is moved: no later commit may reach the file that was set aside.
        open.close()
        database = recovered(from: error, notice: &notice)
        return nil
      }
    }
    if let notice { report(notice) }
    return result
  }
}

/// A problem with the store's file.
public enum StoreNotice: Error, Sendable, Equatable {
  /// It was moved aside, and a new one is used.
  case damaged(path: String, setAside: String)
  /// It was written by a later version of the program.
  case newer(path: String)
  /// It cannot be read or written, and nothing is stored.
  case unusable(path: String, reason: String)

  init(_ error: any Error, path: String) {
    switch error {
    case let notice as StoreNotice: self = notice
    case let error as DatabaseError:
      self = .unusable(path: path, reason: error.message)
    default: self = .unusable(path: path, reason: SystemReason.sentence(error))
    }
  }

  static func isDamage(_ error: any Error) -> Bool {
    if error is DamagedAnswer { return true }
    guard let error = error as? DatabaseError else { return false }
    switch error.code {
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT, SQLITE_SCHEMA: return true
    // Reported by SQLite if one of our tables is missing or has other columns.
    case SQLITE_ERROR: return true
    default: return false
    }
  }
}

/// A stored value differs from what was written.
struct DamagedAnswer: Error {}
