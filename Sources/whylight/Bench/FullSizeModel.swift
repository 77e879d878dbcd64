internal import Checkpoints
internal import Classifiers
internal import FoundationEssentials
internal import Reports

/// A model folder of ULMFiT's full size with random weights, created for a benchmark and removed
/// afterwards.
final class FullSizeModel {
  let path: String
  private let isOurs: Bool

  /// - Parameter folder: where to create it, and keep it; existing files are used as they are.
  init(folder: String?) throws {
    isOurs = folder == nil
    path =
      folder
      ?? FileManager.default.temporaryDirectory
      .appending(path: "whylight-bench-\(UUID().uuidString)").path(percentEncoded: false)
    guard !FileManager.default.fileExists(atPath: path + "/config.json") else { return }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Self.write(to: path)
    } catch {
      throw Failure.run("can't write a model to \(path): \(Messages.reason(error))")
    }
  }

  deinit {
    if isOurs { try? FileManager.default.removeItem(atPath: path) }
  }

  private static func write(to path: String) throws {
    let vocabulary =
      ["xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj"]
      + (9..<60_000).map { "word\($0)" }
    let configuration = AWDLSTM.Configuration.fullSize
    let saved = SavedClassifier(
      name: "full-size", classes: ["negative", "positive"], problem: .singleLabel,
      architecture: configuration,
      tokenizer: SavedTokenizer(
        kind: .fastaiWords, language: "en", rules: ["fix_html", "replace_maj", "lowercase"],
        specialTokens: Array(vocabulary.prefix(9)), vocabulary: vocabulary),
      tensors: try Safetensors.tensors(
        in: AWDLSTM.randomFile(
          configuration: configuration, vocabulary: vocabulary.count, headSize: 50, classes: 2,
          seed: 0)))
    let card = "# full-size\n\nRandom weights of a trained model's size, for `whylight bench`.\n"
    for file in ModelFolder.files(of: saved, card: card) {
      let sink = try Sink(path: path + "/" + file.name)
      try file.write { try sink.write(bytes: $0[...]) }
      try sink.finish()
    }
  }
}
