internal import Dispatch
internal import Documents
internal import Explorer
internal import FoundationEssentials
internal import Glibc
internal import Ncurses
internal import Synchronization

/// Saves the session while the explorer runs: within a second of a change it is in the file, and a
/// crash saves the text of that moment. A `kill -9` loses that second.
final class SessionKeeper: Sendable {
  private struct Content {
    var latest: Session?
    /// The time of the last edit, in seconds since 1970.
    var changed = 0.0
    var isSaved = true
    var isScheduled = false
  }

  private static let pause = DispatchTimeInterval.seconds(1)

  private let file: SessionFile
  private let rescued: [RescuedText]
  private let content = Mutex(Content())
  /// A thread of its own: models may occupy all others.
  private let queue = DispatchQueue(label: "session")
  private let report: @Sendable (any Error) -> Void

  /// The session to continue with, and notices about it.
  struct Opened {
    var session: Session?
    /// The time of its last edit, in seconds since 1970.
    var changed = 0.0
    var rescued: [RescuedText] = []
    var notices: [String] = []
  }

  static func open(_ file: SessionFile) -> Opened {
    var opened = Opened()
    var record: SessionRecord?
    switch file.read() {
    case .none: break
    case .record(let found): record = found
    case .unreadable:
      let outcome = file.setAside().map { "it is now \(PathParts($0).name)" }
      opened.notices.append(
        "session.json can't be read; " + (outcome ?? "it can't be moved either"))
    }
    opened.rescued = file.rescued()
    for text in opened.rescued {
      if record == nil {
        record = SessionRecord(writer: text.writer, changed: 0, session: Session())
      }
      record?.merge(text)
    }
    if !opened.rescued.isEmpty { opened.notices.append("the text from before the crash is back") }
    (opened.session, opened.changed) = (record?.next, record?.changed ?? 0)
    return opened
  }

  /// - Parameter report: receives the reason if the session cannot be saved, again after each
  ///   pause, because the next key removes the message from the screen.
  init(
    _ file: SessionFile, opened: Opened, report: @escaping @Sendable (any Error) -> Void
  ) {
    self.file = file
    self.report = report
    rescued = opened.rescued
    content.withLock { $0.changed = opened.changed }
    if let path = file.rescuePath { CrashCover.rescue(to: path) }
  }

  /// Stores the present session. Cheap if nothing changed; must be called on the thread that owns
  /// the screen.
  func keep(_ session: Session) {
    let (isTextNew, isDue) = content.withLock { content in
      guard content.latest != session else { return (false, false) }
      let isTextNew =
        content.latest?.kept != session.kept || content.latest?.cursor != session.cursor
      // The first call has the session as it was opened.
      if content.latest.map({ $0.kept != session.kept }) ?? false {
        content.changed = Date().timeIntervalSince1970
      }
      content.isSaved = content.latest == nil && rescued.isEmpty
      content.latest = session
      defer { content.isScheduled = content.isScheduled || !content.isSaved }
      return (isTextNew, !content.isSaved && !content.isScheduled)
    }
    if isTextNew {
      CrashCover.keep(
        RescuedText.bytes(
          text: session.text, pair: session.pair?.text, cursor: session.cursor))
    }
    guard isDue else { return }
    queue.asyncAfter(deadline: .now() + Self.pause) { [self] in writeOrReport() }
  }

  /// Before the program is stopped, pending changes are written at once, because a stopped program
  /// cannot write and is more likely to be killed.
  func flush() { queue.sync { writeOrReport() } }

  /// Called on the queue.
  private func writeOrReport() {
    do { try write() } catch { report(error) }
  }

  /// Saves the session at once.
  /// - Throws: `WholeFileError`.
  func save(_ session: Session) throws {
    keep(session)
    content.withLock { $0.isSaved = false }
    try queue.sync { try write() }
  }

  /// Called after the last `save`: a crash during exit has nothing to add.
  func end() { CrashCover.drop() }

  /// Marks the text as edited before the explorer started, on the command line.
  func noteEdit() { content.withLock { $0.changed = Date().timeIntervalSince1970 } }

  /// Called on the queue.
  private func write() throws {
    let (session, changed) = content.withLock { content in
      content.isScheduled = false
      defer { content.isSaved = true }
      return (content.isSaved ? nil : content.latest, content.changed)
    }
    guard let session else { return }
    do { try file.write(session, changed: changed) } catch {
      content.withLock { $0.isSaved = false }
      throw error
    }
    for text in rescued { _ = unsafe unlink(text.path) }
  }
}
