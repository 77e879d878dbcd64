internal import Datasets
internal import Explorer
internal import Foundation

/// Where the program keeps what outlives it: `$XDG_STATE_HOME/whylight`.
enum StateFolder {
  /// nil where there is no home.
  static func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String? {
    // only an absolute path counts (XDG Base Directory Specification)
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      return state + "/whylight"
    }
    if let home = environment["HOME"], home.hasPrefix("/") {
      return home + "/.local/state/whylight"
    }
    return nil
  }

  /// A log has so many bytes at most, and the one before it as many.
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

/// The session of last time: `session.json` in the state folder.
struct SessionFile {
  /// nil where there is no home.
  let path: String?

  private static let largest = 64 << 20

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    path = StateFolder.path(environment: environment).map { $0 + "/session.json" }
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
