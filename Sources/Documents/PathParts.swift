/// The last part of a path and what stands before it, as in `dirname` and `basename` of POSIX. No file is looked at.
public struct PathParts: Sendable, Hashable {
  /// Nothing where the path is a name alone.
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

  /// The name without what stands behind its last dot; a dot at its front hides a file and is no border.
  public var stem: String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
