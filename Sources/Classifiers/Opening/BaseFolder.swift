internal import Checkpoints
internal import FoundationEssentials

/// Finds an adapter's base model if the user does not specify it.
public enum BaseFolder {
  /// The folder of an adapter's base; nil if the path is not an adapter, or if its base is not
  /// found.
  /// - Parameter adapter: a folder.
  public static func found(for adapter: String) -> String? {
    guard let configuration = try? AdapterConfiguration(ModelFiles(folder: adapter)),
      let name = configuration.base
    else { return nil }
    return places(of: name, for: adapter).first(where: isModel)
  }

  /// Possible places of a base: its path, also relative to the adapter's folder; the last component
  /// of its name beside or inside that folder; and Hugging Face's cache beside it.
  /// - Parameter name: `Qwen/Qwen2.5-0.5B`, or a path.
  static func places(of name: String, for adapter: String) -> [String] {
    guard !name.isEmpty, !name.utf8.contains(0) else { return [] }
    let folder = URL(filePath: adapter, directoryHint: .isDirectory).standardizedFileURL
    let last = URL(filePath: name).lastPathComponent
    let urls =
      name.hasPrefix("/")
      ? [URL(filePath: name)] : [folder.appending(path: name).standardizedFileURL]
    let beside = [folder.deletingLastPathComponent(), folder].map { $0.appending(path: last) }
    return (urls + beside).map { $0.path(percentEncoded: false) } + cached(name, beside: folder)
  }

  /// `hub/models--me--adapter/snapshots/0a1b` -> `hub/models--Qwen--Qwen2.5-0.5B/snapshots/…`
  private static func cached(_ name: String, beside folder: URL) -> [String] {
    let snapshots = folder.deletingLastPathComponent()
    let model = snapshots.deletingLastPathComponent()
    guard snapshots.lastPathComponent == "snapshots",
      model.lastPathComponent.hasPrefix("models--")
    else { return [] }
    let other = model.deletingLastPathComponent()
      .appending(path: "models--" + name.replacing("/", with: "--")).appending(path: "snapshots")
      .path(percentEncoded: false)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: other)) ?? []
    return names.sorted().map { other + "/" + $0 }
  }

  static func isModel(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/config.json")
  }
}
