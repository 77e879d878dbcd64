internal import Dispatch
internal import Documents
internal import Explorer
internal import FoundationEssentials
internal import Glibc
internal import Ncurses
internal import Synchronization

/// Keeps the session on disk while the explorer runs: a second after a change it is in the file, and
/// a crash saves the text as it was at that moment. A `kill -9` loses that second.
final class SessionKeeper: Sendable {
  private struct Content {
    var latest: Session?
    /// When the text was edited last, in seconds since 1970.
    var changed = 0.0
    var isSaved = true
    var isScheduled = false
  }

  private static let pause = DispatchTimeInterval.seconds(1)

  private let file: SessionFile
  private let rescued: [RescuedText]
  private let content = Mutex(Content())
  /// A thread of its own: models may keep all others busy.
  private let queue = DispatchQueue(label: "session")
  private let report: @Sendable (any Error) -> Void

  /// What the last runs left: the session to go on with, and what is to be told about it.
  struct Opened {
    var session: Session?
    /// When its text was edited last, in seconds since 1970.
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
      let fate = file.setAside().map { "it is now \(PathParts($0).name)" }
      opened.notices.append("session.json can't be read; " + (fate ?? "it can't be moved either"))
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

  /// - Parameter report: takes the reason where the session can't be saved, after each pause: the next
  ///   key takes what was said from the screen.
  init(
    _ file: SessionFile, opened: Opened, report: @escaping @Sendable (any Error) -> Void
  ) {
    self.file = file
    self.report = report
    rescued = opened.rescued
    content.withLock { $0.changed = opened.changed }
    if let path = file.rescuePath { CrashCover.rescue(to: path) }
  }

  /// Keeps the session as it is now. Cheap where nothing changed; belongs to the thread that owns the screen.
  func keep(_ session: Session) {
    let (isTextNew, isDue) = content.withLock { content in
      guard content.latest != session else { return (false, false) }
      let isTextNew =
        content.latest?.kept != session.kept || content.latest?.cursor != session.cursor
      // the first one is as it was opened
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

  /// Before the program is stopped: what would be written in a moment is written now, since a stopped
  /// program has no moment, and is killed more often than others.
  func flush() { queue.sync { writeOrReport() } }

  /// On the queue.
  private func writeOrReport() {
    do { try write() } catch { report(error) }
  }

  /// Saves the session at once. - Throws: `WholeFileError`.
  func save(_ session: Session) throws {
    keep(session)
    content.withLock { $0.isSaved = false }
    try queue.sync { try write() }
  }

  /// After the last `save`: a crash on the way out has nothing to add.
  func end() { CrashCover.drop() }

  /// The text was edited before it came here, as on the command line.
  func noteEdit() { content.withLock { $0.changed = Date().timeIntervalSince1970 } }

  /// On the queue.
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
