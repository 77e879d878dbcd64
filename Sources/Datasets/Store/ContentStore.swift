internal import Foundation
internal import GRDB
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
  private let database: Mutex<DatabaseQueue?>

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
    let opened: DatabaseQueue?
    do {
      opened = try self.opened(path)
    } catch {
      opened = recovered(from: error)
    }
    database.withLock { $0 = opened }
  }

  /// A damaged file is set aside, and an empty one takes its place.
  private func recovered(from error: any Error) -> DatabaseQueue? {
    guard StoreNotice.isDamage(error) else {
      report(StoreNotice(error, path: path))
      return nil
    }
    do {
      let aside = try Self.setAside(path)
      let opened = try self.opened(path)
      report(.damaged(path: path, setAside: aside))
      return opened
    } catch {
      report(StoreNotice(error, path: path))
      return nil
    }
  }

  private func opened(_ path: String) throws -> DatabaseQueue {
    try PrivateFiles.makeFolder((path as NSString).deletingLastPathComponent)
    // SQLite gives its other files the rights of this one.
    PrivateFiles.makeFile(path)
    for ending in ["-wal", "-shm"] { PrivateFiles.close(path + ending) }
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(Self.patience)
    configuration.prepareDatabase { [synchronous = schema.synchronous] database in
      // Keys come in no order: the pages that they fall on should stay at hand (in KiB).
      try database.execute(
        sql: "PRAGMA cache_size = -32768; PRAGMA synchronous = \(synchronous)")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let migrator = schema.migrator
    if try queue.read(migrator.hasBeenSuperseded) { throw StoreNotice.newer(path: path) }
    try migrator.migrate(queue)
    return queue
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

  /// Runs `body` on the file; nil where the file can't be used.
  func using<Result>(_ body: (DatabaseQueue) throws -> Result) -> Result? {
    guard let queue = database.withLock({ $0 }) else { return nil }
    do {
      return try body(queue)
    } catch {
      // Closed before the file is moved: a later commit must not reach the file set aside.
      try? queue.close()
      let again = recovered(from: error)
      database.withLock { $0 = again }
      return nil
    }
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
      self = .unusable(path: path, reason: error.message ?? "\(error.resultCode)")
    default: self = .unusable(path: path, reason: error.localizedDescription)
    }
  }

  static func isDamage(_ error: any Error) -> Bool {
    if error is DamagedAnswer { return true }
    guard let error = error as? DatabaseError else { return false }
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_SCHEMA: return true
    // What SQLite says where a table of ours is gone or has other columns.
    case .SQLITE_ERROR: return true
    default: return false
    }
  }
}

/// A value of the store is not what was written.
struct DamagedAnswer: Error {}
