internal import CSQLite
internal import Documents
internal import FoundationEssentials
internal import Synchronization

/// What is known of texts by their content, kept in a file: what models said of them, so that no
/// text is asked twice, or what people wrote about them.
///
/// Several programs may use the file at once. Each batch is one transaction in SQLite's write-ahead
/// log: a program that is killed loses the batch under way at most. Nothing here ends an evaluation:
/// where the file can't be used the work goes on without it, and `report` says so once.
public final class ContentStore: Sendable {
  public let path: String
  private let schema: StoreSchema
  private let report: @Sendable (StoreNotice) -> Void
  /// nil where the file can't be used.
  private let database: Mutex<Database?>

  /// How long one program waits while another writes.
  private static let patience = 10.0

  /// - Parameters:
  ///   - path: the file; its folder is made where there is none.
  ///   - schema: what it holds.
  ///   - report: called where something is wrong with the file.
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

  /// A damaged file is set aside, and an empty one takes its place.
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
    // SQLite gives its other files the rights of this one.
    PrivateFiles.makeFile(path)
    for ending in ["-wal", "-shm"] { PrivateFiles.close(path + ending) }
    let database = try Database(path: path, patience: Self.patience)
    // Keys come in no order: the pages that they fall on should stay at hand (in KiB). Where a file system
    // can't share the log's memory, SQLite keeps the journal that it has, which is as safe.
    try database.execute(
      """
      PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -32768;
      PRAGMA synchronous = \(schema.synchronous)
      """)
    guard try schema.migrate(database) else { throw StoreNotice.newer(path: path) }
    return database
  }

  /// - Returns: where the file is now.
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

  /// What `body` reads, all of it of one moment; nil where the file can't be used.
  func read<Result: Sendable>(_ body: @Sendable (Database) throws -> Result) -> Result? {
    using(.deferred, body)
  }

  /// What `body` writes is kept whole or not at all; nil where the file can't be used.
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
        // Closed before the file is moved: a later commit must not reach the file set aside.
        open.close()
        database = recovered(from: error, notice: &notice)
        return nil
      }
    }
    if let notice { report(notice) }
    return result
  }
}

/// What is wrong with the store's file.
public enum StoreNotice: Error, Sendable, Equatable {
  /// It was moved away, and a new one is used.
  case damaged(path: String, setAside: String)
  /// A later version of the program wrote it.
  case newer(path: String)
  /// It can't be read or written, and nothing is kept.
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
    // What SQLite says where a table of ours is gone or has other columns.
    case SQLITE_ERROR: return true
    default: return false
    }
  }
}

/// A value of the store is not what was written.
struct DamagedAnswer: Error {}
