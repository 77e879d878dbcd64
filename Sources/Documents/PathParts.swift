/// The last component of a path and its folder, as in POSIX `basename` and `dirname`. No file is
/// accessed.
public struct PathParts: Sendable, Hashable {
  /// Empty if the path is a plain name.
  public let folder: String
  /// `/` of the root.
  public let name: String

  public init(_ path: String) {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let slash = path.lastIndex(of: "/"), path.count > 1 else {
      (folder, name) = (path == "/" ? "/" : "", String(path))
      return
    }
    name = String(path[path.index(after: slash)...])
    var folder = path[..<slash]
    while folder.hasSuffix("/") { folder.removeLast() }
    self.folder = folder.isEmpty ? "/" : String(folder)
  }

  /// The name without its extension; a leading dot marks a hidden file and starts no extension.
  public var stem: String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
