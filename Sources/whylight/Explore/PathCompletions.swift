internal import Classifiers
internal import Explorer
internal import FoundationEssentials

/// Completions of a path, as in a shell.
enum PathCompletions {
  private static let most = 200

  /// In alphabetical order; hidden files only if the text starts with a dot. `~` is the home
  /// folder.
  static func all(of text: String) -> [PathCompletion] {
    let argument = ModelArgument(text)
    guard let base = argument.base, argument.tokenizer == nil else { return paths(text) }
    // After an adapter, the base is being typed.
    return paths(base).map { found in
      PathCompletion(
        path: ModelArgument(model: argument.model, base: found.path, tokenizer: nil).line,
        isFolder: found.isFolder)
    }
  }

  private static func paths(_ text: String) -> [PathCompletion] {
    let end = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
    let (folder, start) = (String(text[..<end]), String(text[end...]))
    let path = folder.isEmpty ? "." : expanded(folder)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [] }
    return names.filter { $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix(".")) }
      .sorted().prefix(most).map { name in
        var isFolder = false
        _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
        return PathCompletion(path: folder + name, isFolder: isFolder)
      }
  }

  /// A model's argument with absolute paths for existing files and folders; others are kept.
  static func absolute(_ argument: String) -> String {
    let parts = ModelArgument(argument)
    guard FileManager.default.fileExists(atPath: expanded(parts.model)) else { return argument }
    return parts.mapPaths {
      URL(filePath: expanded($0)).standardizedFileURL.path(percentEncoded: false)
    }.line
  }

  /// A model's argument with `~` expanded in its paths.
  static func expandedModel(_ argument: String) -> String {
    ModelArgument(argument).mapPaths(expanded).line
  }

  /// `~/models` becomes `/home/me/models`.
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/") else { return path }
    return FileManager.default.homeDirectoryForCurrentUser.path + path.dropFirst()
  }
}
