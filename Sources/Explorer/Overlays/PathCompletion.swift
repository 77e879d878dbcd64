/// A file or folder whose path begins with the typed text.
public struct PathCompletion: Sendable, Equatable {
  /// The typed text, completed with the rest of the name.
  public var path: String
  public var isFolder: Bool
  /// A remark beside it in the list; nil if the name says enough.
  var remark: String?

  public init(path: String, isFolder: Bool) {
    self.path = path
    self.isFolder = isFolder
  }

  /// The completed path; a folder's ends with `/`, so that typing can continue.
  var completed: String { isFolder && !path.hasSuffix("/") ? path + "/" : path }
}

extension [PathCompletion] {
  /// The longest common prefix; empty if there are no completions.
  var commonBeginning: String {
    guard let first = first?.completed else { return "" }
    return dropFirst().reduce(first) { common, path in
      String(zip(common, path.completed).prefix { $0 == $1 }.map(\.0))
    }
  }
}
