internal import Explorer
internal import Foundation

/// Where the session is kept: `$XDG_STATE_HOME/whylight/session.json`.
struct SessionFile {
  /// nil where there is no home.
  let path: String?

  private static let largest = 64 << 20

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    // only an absolute path counts (XDG Base Directory Specification)
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = state + "/whylight/session.json"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      path = home + "/.local/state/whylight/session.json"
    } else {
      path = nil
    }
  }

  enum Reading {
    case none
    case session(Session)
    /// A file that is no session; it is left alone until the next one is saved.
    case unreadable(path: String)
  }

  func read() -> Reading {
    guard let path, FileManager.default.fileExists(atPath: path) else { return .none }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular,
      let size = attributes?[.size] as? Int, size <= Self.largest,
      let data = FileManager.default.contents(atPath: path),
      let session = try? JSONDecoder().decode(Session.self, from: data)
    else { return .unreadable(path: path) }
    return .session(session)
  }

  /// Whole or not at all: a program that dies while writing leaves the older file.
  func write(_ session: Session) throws {
    guard let path else { return }
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try JSONEncoder().encode(session).write(to: URL(filePath: path), options: .atomic)
  }
}
