internal import FoundationEssentials

/// What a model is called that has no name of its own: by the file or folder that it came from.
public enum ModelName {
  /// The name for a path.
  ///
  /// A file is called by its name without the ending, a folder by its name. Names that say nothing,
  /// such as `export.pkl` or fastai's folder `models`, give way to the folder around them:
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

  /// The innermost folder whose name says something.
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

  /// `checkpoint-500`, as trainers call the state after so many steps.
  private static func isCheckpoint(_ name: String) -> Bool {
    name.lowercased().wholeMatch(of: /(checkpoint|epoch|step)[-_]?\d+/) != nil
  }

  /// The word is what such files are called everywhere, maybe with a number: `model_2`.
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
