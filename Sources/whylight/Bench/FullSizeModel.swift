internal import Checkpoints
internal import Classifiers
internal import Datasets
internal import Documents
internal import FoundationEssentials
internal import Reports

/// A model folder of ULMFiT's full size with random weights, made for a bench and removed after it.
final class FullSizeModel {
  let path: String
  private let isOurs: Bool

  /// - Parameter folder: where to make it, and leave it; what is there already is used as it is.
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
    let config = JSON.object([
      .init("format", .string("whylight-model")), .init("version", .integer(1)),
      .init("name", .string("full-size")), .init("architecture", .string("awd-lstm")),
      .init("classes", .array([.string("negative"), .string("positive")])),
      .init("problem", .string("single-label")),
      .init(
        "awd_lstm",
        .object([
          .init("emb_sz", .integer(configuration.embeddingSize)),
          .init("n_hid", .integer(configuration.hiddenSize)),
          .init("n_layers", .integer(configuration.layers)), .init("bidir", .bool(false)),
          .init("pad_token", .integer(configuration.padding)),
          .init("bptt", .integer(configuration.chunk)), .init("max_len", .integer(1440)),
          .init("backwards", .bool(false)), .init("y_range", .null),
        ])),
      .init(
        "tokenizer",
        .object([
          .init("kind", .string("fastai-words")), .init("language", .string("en")),
          .init(
            "rules",
            .array([.string("fix_html"), .string("replace_maj"), .string("lowercase")])),
          .init("special_tokens", .array(vocabulary.prefix(9).map(JSON.string))),
          .init("vocabulary", .string("vocab.json")),
        ])),
    ])
    try Data(config.line.utf8).write(to: URL(filePath: path + "/config.json"))
    try Data(JSON.array(vocabulary.map(JSON.string)).line.utf8)
      .write(to: URL(filePath: path + "/vocab.json"))
    let source = AWDLSTM.randomFile(
      configuration: configuration, vocabulary: vocabulary.count, headSize: 50, classes: 2, seed: 0)
    let file = path + "/model.safetensors"
    let written = try WholeFile(path: file)
    // the header says in its first eight bytes how long it is; whole numbers follow
    let start = 8 + (try source.read(0..<8).reversed().reduce(0) { $0 << 8 | Int($1) })
    try written.write(source.read(0..<start)[...])
    for position in stride(from: start, to: source.count, by: 1 << 20) {
      try written.write(source.read(position..<min(position + 1 << 20, source.count))[...])
    }
    try written.finish()
  }
}
