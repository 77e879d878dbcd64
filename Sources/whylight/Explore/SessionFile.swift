internal import Datasets
internal import Documents
internal import Explorer
internal import FoundationEssentials
internal import Glibc

/// Where the program keeps what outlives it: `$XDG_STATE_HOME/whylight`.
enum StateFolder {
  /// nil where there is no home.
  static func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String? {
    // only an absolute path counts (XDG Base Directory Specification)
    if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return folder + "/whylight"
    }
    if let home = environment["HOME"], home.hasPrefix("/") {
      return home + "/.local/state/whylight"
    }
    return nil
  }

  /// With so many bytes a log is begun anew, and the one before it is kept beside it.
  static let logLimit = 1 << 20

  /// What people wrote about texts; nil where there is no home.
  static var notes: String? { path().map { $0 + "/notes.sqlite" } }

  /// Where standard error goes while the screen is up; nil where the folder can't be made.
  static var log: String? {
    guard let path = path(), (try? PrivateFiles.makeFolder(path)) != nil else { return nil }
    // Earlier versions left them open to others.
    for name in ["session.json", "notes.sqlite", "whylight.log"] {
      PrivateFiles.close(path + "/" + name)
    }
    return path + "/whylight.log"
  }
}

/// The session of last time: `session.json` in the state folder, and beside it what crashes saved.
///
/// Explorers that run at the same time write the same file: each keeps its own text in it, and the
/// texts of the others (see `SessionRecord`).
struct SessionFile: Sendable {
  /// nil where there is no home.
  let path: String?
  /// Names this run of the program in the file.
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

  /// Where a crash of this run writes its text.
  var rescuePath: String? { folder.map { $0 + "/\(writer).rescue" } }

  enum Reading {
    case none
    case record(SessionRecord)
    /// The file is not a session of this version of the program.
    case unreadable
  }

  /// What is in the file alone.
  func read() -> Reading {
    guard let path, let facts = FileFacts(path), !facts.isDevice else { return .none }
    guard facts.isRegular, facts.bytes <= Self.largest,
      let data = FileManager.default.contents(atPath: path),
      let record = SessionRecord(json: data)
    else { return .unreadable }
    return .record(record)
  }

  /// The texts that crashes saved, the oldest first.
  func rescued() -> [RescuedText] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else {
      return []
    }
    return names.filter { $0.hasSuffix(".rescue") }
      .compactMap { RescuedText(path: folder + "/" + $0) }
      .sorted { $0.time < $1.time }
  }

  /// A file that can't be read is no reason to lose it: it gets another name.
  /// - Returns: that name; nil where the file can't be moved.
  func setAside() -> String? {
    guard let path else { return nil }
    // what a link points to is moved, not the link
    let place = WholeFile.place(of: path)
    let names = [place + ".unreadable"] + (2...99).map { place + ".unreadable-\($0)" }
    guard FileFacts(place)?.isRegular == true,
      let free = names.first(where: { FileFacts($0) == nil }),
      unsafe rename(place, free) == 0
    else { return nil }
    return free
  }

  /// Saves this run's session, and keeps what others saved meanwhile.
  ///
  /// Nobody is waited for: who finds that another run replaced the file since he read it, or is about
  /// to, reads it again. The lock is held for the moment of the move alone.
  /// - Throws: `WholeFileError`; the file is then as it was.
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
        // a pipe would wait for a reader for ever
        guard setAside() != nil else {
          throw WholeFileError.unwritable(path: path, code: EEXIST)
        }
        seen = nil
      }
      let file = try WholeFile(path: path, rights: 0o600)
      try file.write(Array(try JSONEncoder().encode(record))[...])
      try file.sync()
      let lock = FolderLock(folder)
      // a run that was stopped while it held the lock keeps nobody from saving
      let isLast = attempt == Self.mostAttempts
      if lock.isOthers || FileFacts(path) != seen, !isLast { continue }
      return try file.finish()
    }
  }

  private static let mostAttempts = 20
}

/// What is known of a file without opening it; a link is followed.
private struct FileFacts: Equatable {
  var isRegular: Bool
  /// As /dev/null, for those who want nothing to be kept.
  var isDevice: Bool
  var bytes: Int
  private var device: UInt
  private var number: UInt
  private var changeSeconds: Int
  private var changeNanoseconds: Int

  /// nil where there is no such file.
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

/// Keeps two explorers from moving their files to the same place at once; held as long as it lives.
private struct FolderLock: ~Copyable {
  private let descriptor: Int32
  /// Another run holds it. A file system without locks has none that another could hold.
  let isOthers: Bool

  init(_ folder: String) {
    descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    isOthers =
      descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
