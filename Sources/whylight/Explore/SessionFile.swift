internal import Datasets
internal import Documents
internal import Explorer
internal import FoundationEssentials
internal import Glibc

/// The folder for data that outlives the program: `$XDG_STATE_HOME/whylight`.
enum StateFolder {
  /// nil if there is no home folder.
  static func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String? {
    UserFolder.path("XDG_STATE_HOME", below: ".local/state", environment: environment)
  }

  /// At this size, in bytes, a log is started anew, and the old one is kept beside it.
  static let logLimit = 1 << 20

  /// The users' notes; nil if there is no home folder.
  static var notes: String? { path().map { $0 + "/notes.sqlite" } }

  /// Where standard error goes while the screen is active; nil if the folder cannot be created.
  static var log: String? {
    guard let path = path(), (try? PrivateFiles.makeFolder(path)) != nil else { return nil }
    // Earlier versions left them accessible to others.
    for name in ["session.json", "notes.sqlite", "whylight.log"] {
      PrivateFiles.close(path + "/" + name)
    }
    return path + "/whylight.log"
  }
}

/// The last session: `session.json` in the state folder, and files of crashed runs beside it.
///
/// Explorers that run at the same time share the file: each stores its own text in it, and the
/// texts of the others (see `SessionRecord`).
struct SessionFile: Sendable {
  /// nil if there is no home folder.
  let path: String?
  /// Identifies this run of the program in the file.
  let writer: String

  static let largest = 128 << 20

  init(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    writer: String = "\(getpid())-\(UInt32.random(in: 0...(.max)))"
  ) {
    path = StateFolder.path(environment: environment).map { $0 + "/session.json" }
    self.writer = writer
  }

  private var folder: String? { path.map { PathParts($0).folder } }

  /// Where a crash of this run saves its text.
  var rescuePath: String? { folder.map { $0 + "/\(writer).rescue" } }

  enum Reading {
    case none
    case record(SessionRecord)
    /// The file is not a session of this version of the program.
    case unreadable
  }

  /// The contents of the file alone.
  func read() -> Reading {
    guard let path, let facts = FileFacts(path), !facts.isDevice else { return .none }
    guard facts.isRegular, facts.bytes <= Self.largest,
      let data = FileManager.default.contents(atPath: path),
      let record = SessionRecord(json: data)
    else { return .unreadable }
    return .record(record)
  }

  /// The texts of crashed runs, the oldest first.
  func rescued() -> [RescuedText] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else {
      return []
    }
    return names.filter { $0.hasSuffix(".rescue") }
      .compactMap { RescuedText(path: folder + "/" + $0) }
      .sorted { $0.time < $1.time }
  }

  /// Renames a file that cannot be read, so that it is not lost.
  /// - Returns: the new name; nil if the file cannot be moved.
  func setAside() -> String? {
    guard let path else { return nil }
    // The target of a link is moved, not the link.
    let place = WholeFile.place(of: path)
    let names = [place + ".unreadable"] + (2...99).map { place + ".unreadable-\($0)" }
    guard FileFacts(place)?.isRegular == true,
      let free = names.first(where: { FileFacts($0) == nil }),
      unsafe rename(place, free) == 0
    else { return nil }
    return free
  }

  /// Saves this run's session, and keeps what other runs have saved in the meantime.
  ///
  /// Nobody waits: a run that finds that another has replaced the file since it was read, or is
  /// about to, reads it again. The lock is held only while the file is moved.
  /// - Throws: `WholeFileError`; the file is unchanged.
  func write(_ session: Session, changed: Double) throws {
    guard let path, let folder else { return }
    _ = try? PrivateFiles.makeFolder(folder)
    for attempt in 1...Self.mostAttempts {
      var record = SessionRecord(writer: writer, changed: changed, session: session)
      var seen = FileFacts(path)
      switch read() {
      case .none: break
      case .record(let present): record.merge(present)
      case .unreadable:
        // Writing to a pipe would block until somebody reads it.
        guard setAside() != nil else {
          throw WholeFileError.unwritable(path: path, code: EEXIST)
        }
        seen = nil
      }
      let file = try WholeFile(path: path, rights: 0o600)
      try file.write(Array(try JSONEncoder().encode(record))[...])
      try file.sync()
      let lock = FolderLock(folder)
      // A run that was stopped while it held the lock does not keep others from saving.
      let isLast = attempt == Self.mostAttempts
      if lock.isOthers || FileFacts(path) != seen, !isLast { continue }
      return try file.finish()
    }
  }

  private static let mostAttempts = 20
}

/// Facts about a file without opening it; links are followed.
private struct FileFacts: Equatable {
  var isRegular: Bool
  /// Such as /dev/null, if nothing should be stored.
  var isDevice: Bool
  var bytes: Int
  private var device: UInt
  private var number: UInt
  private var changeSeconds: Int
  private var changeNanoseconds: Int

  /// nil if there is no such file.
  init?(_ path: String) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    isRegular = facts.st_mode & S_IFMT == S_IFREG
    isDevice = facts.st_mode & S_IFMT == S_IFCHR
    bytes = Int(facts.st_size)
    (device, number) = (UInt(facts.st_dev), UInt(facts.st_ino))
    (changeSeconds, changeNanoseconds) = (facts.st_ctim.tv_sec, facts.st_ctim.tv_nsec)
  }
}

/// Keeps two explorers from moving their files to the same path at once; released with this value.
private struct FolderLock: ~Copyable {
  private let descriptor: Int32
  /// Whether another run holds it. On a file system without locks, none does.
  let isOthers: Bool

  init(_ folder: String) {
    descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    isOthers =
      descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
