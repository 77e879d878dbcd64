/// A file or folder that begins like what was typed.
public struct PathCompletion: Sendable, Equatable {
  /// As typed, with the rest of the name.
  public var path: String
  public var isFolder: Bool
  /// What stands behind it in a list; nil where its name says enough.
  var remark: String?

  public init(path: String, isFolder: Bool) {
    self.path = path
    self.isFolder = isFolder
  }

  /// A folder's name goes on.
  var completed: String { isFolder && !path.hasSuffix("/") ? path + "/" : path }
}

extension [PathCompletion] {
  /// What all of them begin with; empty where there are none.
  var commonBeginning: String {
    guard let first = first?.completed else { return "" }
    return dropFirst().reduce(first) { common, path in
      String(zip(common, path.completed).prefix { $0 == $1 }.map(\.0))
    }
  }
}
