internal import Foundation
internal import Glibc

/// The files that a command reads, none of which its results may replace: not by another spelling of
/// the path, not by a link of either kind, and not by the shell's redirection.
struct InputFiles: Sendable {
  private struct Identity: Hashable {
    var device: UInt64
    var node: UInt64
  }

  private let files: [(identity: Identity, path: String)]
  private let folders: [(place: String, path: String)]

  static let none = InputFiles([])

  /// - Parameter paths: files, and folders whose files are read; what is nil, `-` or not there is no
  ///   file.
  init(_ paths: [String?]) {
    var files: [(Identity, String)] = []
    var folders: [(String, String)] = []
    for case let path? in paths where path != "-" {
      let path = PathCompletions.expanded(path)
      guard let facts = Self.facts(path) else { continue }
      switch facts.st_mode & S_IFMT {
      case S_IFDIR: folders.append((Self.place(path) + "/", path))
      case S_IFREG: files.append((Self.identity(facts), path))
      default: break
      }
    }
    (self.files, self.folders) = (files, folders)
  }

  /// - Parameter path: where a result is to be written; nil is standard output.
  /// - Throws: `WholeFileError.isInput`.
  func check(output path: String?) throws {
    guard let facts = path.map(Self.facts) ?? Self.standardOutput,
      facts.st_mode & S_IFMT == S_IFREG
    else { return }
    let identity = Self.identity(facts)
    if let input = files.first(where: { $0.identity == identity }) {
      throw WholeFileError.isInput(path: path ?? "standard output", input: input.path)
    }
    guard let path else { return }
    let place = Self.place(path)
    if let folder = folders.first(where: { place.hasPrefix($0.place) }) {
      throw WholeFileError.isInput(path: path, input: folder.path)
    }
  }

  /// Whether two paths name one file, which need not be there yet.
  static func isSame(_ first: String, _ second: String) -> Bool {
    guard place(first) != place(second) else { return true }
    guard let first = facts(first), let second = facts(second) else { return false }
    return first.st_mode & S_IFMT == S_IFREG && identity(first) == identity(second)
  }

  private static func facts(_ path: String) -> stat? {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 ? facts : nil
  }

  private static var standardOutput: stat? {
    var facts = stat()
    return unsafe fstat(1, &facts) == 0 ? facts : nil
  }

  private static func identity(_ facts: stat) -> Identity {
    Identity(device: UInt64(facts.st_dev), node: UInt64(facts.st_ino))
  }

  private static func place(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
  }
}
