internal import Classifiers
internal import Explorer
internal import FoundationEssentials

/// The files and folders that begin like a text, as a shell completes them.
enum PathCompletions {
  private static let most = 200

  /// In alphabetical order; hidden ones only where the text begins so. `~` is the home folder.
  static func all(of text: String) -> [PathCompletion] {
    let argument = ModelArgument(text)
    guard let base = argument.base, argument.tokenizer == nil else { return paths(text) }
    // of an adapter's line it is the base that is being typed
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

  /// A model's argument with the whole path of a file or folder that there is; what names none stays as
  /// it is.
  static func absolute(_ argument: String) -> String {
    let parts = ModelArgument(argument)
    guard FileManager.default.fileExists(atPath: expanded(parts.model)) else { return argument }
    return parts.mapPaths {
      URL(filePath: expanded($0)).standardizedFileURL.path(percentEncoded: false)
    }.line
  }

  /// A model's argument whose paths begin at the root where they began with `~`.
  static func expandedModel(_ argument: String) -> String {
    ModelArgument(argument).mapPaths(expanded).line
  }

  /// `~/models` -> `/home/me/models`.
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/") else { return path }
    return FileManager.default.homeDirectoryForCurrentUser.path + path.dropFirst()
  }
}
