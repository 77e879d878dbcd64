internal import Checkpoints
internal import FoundationEssentials

/// Where the model stands that an adapter belongs to, if nobody says it.
public enum BaseFolder {
  /// The folder of an adapter's base; nil where the path is no adapter, or its base is nowhere near.
  /// - Parameter adapter: a folder.
  public static func found(for adapter: String) -> String? {
    guard let configuration = try? AdapterConfiguration(ModelFiles(folder: adapter)),
      let name = configuration.base
    else { return nil }
    return places(of: name, for: adapter).first(where: isModel)
  }

  /// Where a base may be: where its path leads, from the adapter's folder too; beside that or in it by the
  /// last part of its name; and beside it as Hugging Face's cache lays folders out.
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
