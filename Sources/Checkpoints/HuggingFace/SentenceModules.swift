internal import Documents

/// The modules with which sentence-transformers computes a text's embedding: `modules.json`.
///
/// Settings are read under their names before and since version 6.
public struct SentenceModules: Sendable {
  public enum Module: Sendable, Hashable {
    case transformer
    /// By version 6's names, in the order of concatenation: `mean`, `cls`.
    case pooling([String])
    case dense(DenseModule)
    case normalize
  }

  public struct DenseModule: Sendable, Hashable {
    public var inputs: Int
    public var outputs: Int
    public var hasBias: Bool
    /// The class of its activation: `Tanh`.
    public var activation: String
    /// The folder's name.
    public var folder: String
  }

  public let modules: [Module]
  /// The transformer's folder; empty if it is the model's own.
  public let encoderFolder: String
  /// The similarity in `config_sentence_transformers.json`; nil if it is not given.
  public let similarity: String?
  /// The most tokens of a text; nil for the model's own limit.
  public let tokenLimit: Int?
  /// Whether texts are lowercased first.
  public let lowersCase: Bool

  private static let limit = 1 << 20

  /// nil if there is no such file, or if it does not compute an embedding.
  /// - Throws: `CheckpointError`.
  public init?(_ files: ModelFiles) throws {
    guard let places = try Self.places(in: files),
      places.contains(where: { $0.kind == "Pooling" })
    else { return nil }
    encoderFolder = places.first?.folder ?? ""
    modules = try places.compactMap { try Self.module($0, in: files) }
    guard modules.first == .transformer, case .pooling? = modules.dropFirst().first,
      !modules.dropFirst(2).contains(where: {
        if case .pooling = $0 { true } else { $0 == .transformer }
      })
    else {
      throw CheckpointError.inFile(
        name: "modules.json",
        .wrongValue(
          key: "type", expected: "a Transformer, a Pooling and further layers",
          found: places.map(\.kind).joined(separator: ", ")))
    }
    let encoder = files.subfolder(encoderFolder)
    let settings = try encoder.read(ifThere: "sentence_bert_config.json", atMost: Self.limit)
    tokenLimit =
      settings?.has("max_seq_length") == true
      ? try settings?.integer("max_seq_length", in: 1...10_000_000) : nil
    lowersCase =
      settings?.has("do_lower_case") == true ? try settings?.bool("do_lower_case") ?? false : false
    let own = try files.read(
      ifThere: "config_sentence_transformers.json", atMost: Self.limit)
    similarity =
      own?.has("similarity_fn_name") == true ? try own?.string("similarity_fn_name") : nil
    if let own, own.has("default_prompt_name") {
      throw CheckpointError.inFile(
        name: "config_sentence_transformers.json",
        .wrongValue(
          key: "default_prompt_name", expected: "null",
          found: try own.string("default_prompt_name")))
    }
  }

  /// The subfolders that `modules.json` names; empty if there is no such file.
  /// - Throws: `CheckpointError`.
  public static func folders(in files: ModelFiles) throws -> [String] {
    (try places(in: files) ?? []).map(\.folder).filter { !$0.isEmpty }
  }

  private static func places(in files: ModelFiles) throws -> [(kind: String, folder: String)]? {
    guard case .array(let listed)? = try files.json("modules.json", atMost: limit) else {
      return nil
    }
    return try files.read("modules.json") { _ in try listed.map(place) }
  }

  private static func place(_ json: JSON) throws -> (kind: String, folder: String) {
    let settings = try Settings(json)
    let type = try settings.string("type")
    let folder = settings.has("path") ? try settings.string("path") : ""
    let isPlain =
      folder.isEmpty
      || !folder.hasPrefix("/") && !folder.contains("\0") && !folder.contains("\\")
        && !folder.split(separator: "/", omittingEmptySubsequences: false).contains("..")
    guard isPlain else {
      throw CheckpointError.wrongValue(
        key: "path", expected: "a folder within the model's", found: folder)
    }
    return (type.split(separator: ".").last.map(String.init) ?? type, folder)
  }

  private static func module(
    _ place: (kind: String, folder: String), in files: ModelFiles
  ) throws -> Module? {
    let folder = files.subfolder(place.folder)
    switch place.kind {
    case "Transformer": return .transformer
    case "Normalize": return .normalize
    case "Dropout": return nil
    case "Pooling":
      return .pooling(try folder.read("config.json") { try pooling($0) })
    case "Dense":
      return .dense(try folder.read("config.json") { try dense($0, folder: place.folder) })
    default:
      throw CheckpointError.inFile(
        name: "modules.json",
        .wrongValue(
          key: "type", expected: "Transformer, Pooling, Dense, Dropout or Normalize",
          found: place.kind))
    }
  }

  private static func pooling(_ source: ByteSource) throws -> [String] {
    let settings = try Settings(try source.json(atMost: limit))
    if settings.has("pooling_mode") {
      if let names = try? settings.strings("pooling_mode") { return names }
      return [try settings.string("pooling_mode")]
    }
    let older = [
      ("cls_token", "cls"), ("max_tokens", "max"), ("mean_tokens", "mean"),
      ("mean_sqrt_len_tokens", "mean_sqrt_len_tokens"), ("weightedmean_tokens", "weightedmean"),
      ("lasttoken", "lasttoken"),
    ]
    let chosen = try older.filter { name, _ in
      let key = "pooling_mode_\(name)"
      return settings.has(key) ? try settings.bool(key) : false
    }
    return chosen.isEmpty ? ["mean"] : chosen.map(\.1)
  }

  private static func dense(_ source: ByteSource, folder: String) throws -> DenseModule {
    let settings = try Settings(try source.json(atMost: limit))
    let activation =
      settings.has("activation_function") ? try settings.string("activation_function") : "Tanh"
    return DenseModule(
      inputs: try settings.integer("in_features", in: 1...65_536),
      outputs: try settings.integer("out_features", in: 1...65_536),
      hasBias: settings.has("bias") ? try settings.bool("bias") : true,
      activation: activation.split(separator: ".").last.map(String.init) ?? activation,
      folder: folder)
  }
}

extension HuggingFaceFolder {
  /// An encoder trained for any task: its settings and weights.
  /// - Parameter supported: the supported model types.
  /// - Throws: `CheckpointError`.
  public static func readEncoder(
    _ files: ModelFiles, supported: [String]
  ) throws -> HuggingFaceFolder {
    let configuration = try HuggingFaceConfiguration(files)
    guard supported.contains(configuration.modelType) else {
      throw CheckpointError.huggingFace(
        .unsupportedModel(type: configuration.modelType, supported: supported))
    }
    return HuggingFaceFolder(
      configuration: configuration, tensors: try WeightFiles.tensors(in: files))
  }

  /// The tensors of a layer that sentence-transformers saves in a folder of its own.
  /// - Throws: `CheckpointError`.
  public static func tensors(ofModule files: ModelFiles) throws -> NamedTensors {
    try WeightFiles.tensors(in: files)
  }
}
