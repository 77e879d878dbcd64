internal import FoundationEssentials

/// The name of a model that has none of its own, by its file or folder.
public enum ModelName {
  /// The name for a path.
  ///
  /// The name of a file without its extension, or of a folder. Meaningless names, such as
  /// `export.pkl` or fastai's folder `models`, are replaced by that of the enclosing folder:
  ///
  ///     sentiment-export.pkl                  sentiment-export
  ///     tweets/export.pkl                     tweets
  ///     tweets/models/final.pth               tweets
  ///     run/checkpoint-500/                   run/checkpoint-500
  ///     models--me--bert/snapshots/0a1b.../   me/bert
  public static func of(path: String) -> String {
    let url = URL(filePath: path, directoryHint: .checkFileSystem).standardizedFileURL
    var parts = url.path(percentEncoded: false).split(separator: "/").map(String.init)
    guard let last = parts.popLast() else { return path }
    if let name = hubName(parts + [last]) { return name }
    let own = url.hasDirectoryPath ? last : stem(last)
    if isCheckpoint(own) {
      return informative(parts).map { "\($0)/\(own)" } ?? own
    }
    return saysNothing(own) ? informative(parts) ?? own : own
  }

  /// The innermost folder with a meaningful name.
  private static func informative(_ folders: [String]) -> String? {
    hubName(folders) ?? folders.last { !saysNothing($0) }
  }

  /// `models--me--bert/snapshots/0a1b` is the Hugging Face cache's folder of `me/bert`.
  private static func hubName(_ parts: [String]) -> String? {
    guard let snapshots = parts.lastIndex(of: "snapshots"), snapshots > 0,
      parts[snapshots - 1].hasPrefix("models--")
    else { return nil }
    let name = parts[snapshots - 1].dropFirst("models--".count).replacing("--", with: "/")
    return name.isEmpty ? nil : String(name)
  }

  private static func stem(_ file: String) -> String {
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }

  /// `checkpoint-500`: a trainer's state after this many steps.
  private static func isCheckpoint(_ name: String) -> Bool {
    name.lowercased().wholeMatch(of: /(checkpoint|epoch|step)[-_]?\d+/) != nil
  }

  /// Whether the word is a common name of such files, possibly with a number: `model_2`.
  private static func saysNothing(_ name: String) -> Bool {
    let word = name.lowercased().replacing(/[-_ ]?v?\d*$/, with: "")
    return words.contains(word) || words.contains(word.replacing("-", with: "_"))
  }

  private static let words: Set<String> = [
    "export", "exported", "model", "models", "final", "final_model", "best", "best_model",
    "model_best", "model_final", "last", "latest", "learner", "learn", "checkpoint", "checkpoints",
    "pytorch_model", "weights", "snapshots", "output", "outputs",
  ]
}
