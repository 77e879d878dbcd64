internal import Documents

/// Whylight's own model format: `config.json`, `vocab.json`, `model.safetensors`, `selfcheck.json`.
public enum ModelFolder {
  static let configuration = "config.json"
  static let weights = "model.safetensors"
  static let selfChecks = "selfcheck.json"

  /// The most bytes in a JSON file; more than any vocabulary needs at a byte and two quotes per
  /// word.
  private static let jsonLimit = 64 << 20

  /// Reads everything but the weights, which are read when the model is built.
  /// - Parameter architectures: the supported architectures.
  /// - Throws: `CheckpointError`: `.missingFile`, and `.inFile` around an error in a file.
  public static func read(
    _ files: ModelFiles,
    architectures: [any ArchitectureSettings.Type] = [AWDLSTMSettings.self]
  ) throws -> SavedClassifier {
    let parts = try files.read(configuration) { try configured($0, architectures) }
    let vocabulary = try files.read(parts.vocabularyFile) { try strings($0) }
    let exceptions = try parts.exceptionsFile.map { try files.read($0) { try lists($0) } }
    let pieces = try parts.pieceModelFile.map {
      try files.read($0) { try $0.readAll(atMost: jsonLimit) }
    }
    let tensors = try files.read(weights) { try Safetensors.tensors(in: $0) }
    let checks = try readSelfChecks(files)
    var classifier = parts.classifier
    classifier.tokenizer.vocabulary = vocabulary
    classifier.tokenizer.exceptions = exceptions
    classifier.tokenizer.pieceModel = pieces
    classifier.tensors = tensors
    classifier.selfChecks = checks
    return classifier
  }

  /// The recorded outputs of the model; empty if the folder has none.
  /// - Throws: `CheckpointError.inFile`.
  public static func readSelfChecks(_ files: ModelFiles) throws -> [SelfCheck] {
    files.contains(selfChecks) ? try files.read(selfChecks) { try selfChecks(in: $0) } : []
  }

  private struct Parts {
    var classifier: SavedClassifier
    var vocabularyFile: String
    var exceptionsFile: String?
    var pieceModelFile: String?
  }

  private static func configured(
    _ source: ByteSource, _ architectures: [any ArchitectureSettings.Type]
  ) throws -> Parts {
    let settings = try Settings(try source.json(atMost: jsonLimit))
    try settings.require("format", .string("whylight-model"))
    try settings.require("version", .integer(1))
    let names = architectures.map { $0.architecture }
    let name = try settings.string("architecture")
    guard let architecture = architectures.first(where: { $0.architecture == name }) else {
      throw CheckpointError.wrongValue(
        key: "architecture", expected: names.joined(separator: ", "),
        found: settings.found("architecture"))
    }
    let tokenizer = try settings.section("tokenizer")
    let classes = try settings.strings("classes")
    guard !classes.isEmpty else {
      throw CheckpointError.wrongValue(
        key: "classes", expected: "at least one class", found: "an empty list")
    }
    var classifier = SavedClassifier(
      name: try settings.string("name"), classes: classes,
      problem: try settings.choice("problem", of: SavedClassifier.Problem.self),
      architecture: try architecture.init(try settings.section(architecture.section)),
      tokenizer: SavedTokenizer(
        kind: try tokenizer.choice("kind", of: SavedTokenizer.Kind.self),
        language: try tokenizer.string("language"), rules: try tokenizer.strings("rules"),
        specialTokens: try tokenizer.strings("special_tokens"), vocabulary: []),
      tensors: NamedTensors([:]))
    if settings.has("thresholds") {
      classifier.thresholds = try settings.thresholds(classes: classes.count)
    }
    if settings.has("quality") {
      classifier.quality = try ModelQuality(try settings.section("quality"))
    }
    classifier.tokenizer.hasFiller = tokenizer.has("xxfake") ? try tokenizer.bool("xxfake") : false
    if tokenizer.has("splitting") {
      classifier.tokenizer.splitting = try tokenizer.string("splitting")
    }
    func optionalFile(_ key: String) throws -> String? {
      tokenizer.has(key) ? try fileName(in: tokenizer, key: key) : nil
    }
    return Parts(
      classifier: classifier, vocabularyFile: try fileName(in: tokenizer, key: "vocabulary"),
      exceptionsFile: try optionalFile("exceptions"),
      pieceModelFile: try optionalFile("sentencepiece"))
  }

  /// A file beside the configuration: a plain name, so that a configuration cannot read other
  /// folders.
  private static func fileName(in settings: Settings, key: String) throws -> String {
    let name = try settings.string(key)
    guard !name.isEmpty, name != ".", name != "..", !name.contains(where: { "/\0".contains($0) })
    else {
      throw CheckpointError.wrongValue(
        key: "tokenizer.\(key)", expected: "the name of a file in the same folder", found: name)
    }
    return name
  }

  private static func strings(_ source: ByteSource) throws -> [String] {
    let json = try source.json(atMost: jsonLimit)
    guard let strings = Settings.strings(json) else {
      throw CheckpointError.wrongValue(key: "", expected: "a list of strings", found: json.kind)
    }
    return strings
  }

  private static func lists(_ source: ByteSource) throws -> [[String]] {
    guard case .array(let elements) = try source.json(atMost: jsonLimit) else {
      throw CheckpointError.wrongValue(key: "", expected: "a list", found: "something else")
    }
    return try elements.enumerated().map { index, element in
      guard let strings = Settings.strings(element) else {
        throw CheckpointError.wrongValue(
          key: "[\(index)]", expected: "a list of strings", found: element.kind)
      }
      return strings
    }
  }

  private static func selfChecks(in source: ByteSource) throws -> [SelfCheck] {
    let json = try source.json(atMost: jsonLimit)
    guard case .array(let elements) = json else {
      throw CheckpointError.wrongValue(key: "", expected: "a list", found: json.kind)
    }
    return try elements.enumerated().map { index, element in
      let check = try Settings(element, path: "[\(index)]")
      return SelfCheck(
        text: try check.string("text"), ids: try check.integers("ids"),
        probabilities: try check.numbers("probabilities"))
    }
  }
}
