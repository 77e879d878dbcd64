internal import Documents

/// `adapter_config.json` of the peft library.
///
/// Settings are interpreted as in peft's `LoraConfig`. An unknown setting with a value is refused,
/// because it may change what the adapter computes.
public struct AdapterConfiguration: Sendable {
  /// A name on the hub, or the path of a folder where the adapter was made.
  public let base: String?
  private let alpha: Double
  /// The factor is `alpha / sqrt(rank)` instead of `alpha / rank`.
  private let isRankStabilized: Bool
  /// Other values of `alpha`, by regular expressions for the suffixes of module names.
  private let alphaPatterns: [(pattern: String, alpha: Double)]
  /// Trained rows of embeddings, by the suffix of the embedding's name; an empty name means the
  /// word embeddings.
  let learnedRows: [(table: String, rows: [Int])]

  static let fileName = "adapter_config.json"
  private static let fileLimit = 4 << 20

  /// - Throws: `CheckpointError`; `.adapter` if the adapter cannot be merged.
  public init?(_ files: ModelFiles) throws {
    guard let json = try files.json(Self.fileName, atMost: Self.fileLimit) else { return nil }
    do {
      try self.init(json)
    } catch let error as CheckpointError {
      if case .adapter = error { throw error }
      throw CheckpointError.inFile(name: Self.fileName, error)
    }
  }

  private init(_ json: JSON) throws {
    let settings = try Settings(json)
    guard settings.has("peft_type") else { throw CheckpointError.adapter(.notPeft) }
    let method = try settings.string("peft_type")
    guard method == "LORA" else {
      throw CheckpointError.adapter(.unsupportedMethod(name: method))
    }
    if settings.has("task_type") {
      let task = try settings.string("task_type")
      guard task == "SEQ_CLS" else { throw CheckpointError.adapter(.otherTask(name: task)) }
    }
    try Self.refuseUnknown(json)
    let name = "base_model_name_or_path"
    base = settings.has(name) ? try settings.string(name) : nil
    alpha = try Self.alpha(settings, "lora_alpha", else: 8)
    isRankStabilized = settings.has("use_rslora") ? try settings.bool("use_rslora") : false
    alphaPatterns = try Self.patterns(settings)
    learnedRows = try Self.learnedRows(settings, json["trainable_token_indices"])
  }

  /// The factor of a change of this rank.
  /// - Parameters:
  ///   - module: the module's name in the base: `bert.encoder.layer.0.attention.self.query`.
  ///   - matches: whether a regular expression matches a whole text.
  /// - Throws: errors of `matches`.
  func factor(
    of module: String, rank: Int, matches: (_ pattern: String, _ text: String) throws -> Bool
  ) rethrows -> Float {
    let pattern = try alphaPatterns.first { pattern, _ in
      let isPlain = pattern.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
      return isPlain
        ? module == pattern || module.hasSuffix("." + pattern)
        : try matches("(?:.*\\.)?(?:\(pattern))", module)
    }
    let alpha = pattern?.alpha ?? alpha
    return Float(alpha / (isRankStabilized ? Double(rank).squareRoot() : Double(rank)))
  }
}

extension AdapterConfiguration {
  /// Settings that do not affect a trained adapter's output, or that are handled above or where
  /// tensors are read.
  private static let known: Set<String> = [
    "peft_type", "task_type", "base_model_name_or_path", "lora_alpha", "use_rslora",
    "alpha_pattern", "trainable_token_indices", "r", "rank_pattern", "target_modules",
    "exclude_modules", "modules_to_save", "fan_in_fan_out", "bias", "lora_bias", "lora_dropout",
    "layers_to_transform", "layers_pattern", "inference_mode", "revision", "auto_mapping",
    "peft_version", "megatron_core", "qalora_group_size", "ensure_weight_tying",
    "enable_lora_fused_forward",
  ]

  /// Initialisations that leave the base unchanged; PiSSA, OLoRA and the like change it.
  private static let beginnings: Set<String> = ["true", "false", "gaussian", "orthogonal", "eva"]

  private static func refuseUnknown(_ json: JSON) throws {
    guard case .object(let members) = json else { return }
    for member in members where !known.contains(member.key) && member.value.saysSomething {
      if member.key == "init_lora_weights" {
        let found = member.value.printed.lowercased()
        if beginnings.contains(found) { continue }
      }
      // How EVA was initialised does not matter once it is trained.
      if member.key == "eva_config" { continue }
      throw CheckpointError.adapter(
        .unsupportedSetting(name: member.key, value: member.value.printed))
    }
  }

  private static func alpha(
    _ settings: Settings, _ key: String, else value: Double
  ) throws -> Double {
    guard settings.has(key) else { return value }
    let number = try settings.number(key)
    guard number.isFinite else {
      throw CheckpointError.wrongValue(key: key, expected: "a number", found: "\(number)")
    }
    return number
  }

  private static let mostPatterns = 1000

  private static func patterns(
    _ settings: Settings
  ) throws -> [(pattern: String, alpha: Double)] {
    let key = "alpha_pattern"
    guard settings.has(key) else { return [] }
    let members = try settings.members(key)
    guard members.count <= mostPatterns else {
      throw CheckpointError.wrongValue(
        key: key, expected: "at most \(mostPatterns) patterns", found: "\(members.count)")
    }
    let section = try settings.section(key)
    return try members.map {
      (pattern: $0.key, alpha: try alpha(section, $0.key, else: 0))
    }
  }

  /// A list for the word embeddings, or a list per embedding.
  private static func learnedRows(
    _ settings: Settings, _ json: JSON?
  ) throws -> [(table: String, rows: [Int])] {
    let key = "trainable_token_indices"
    guard settings.has(key) else { return [] }
    if case .object(let members)? = json {
      let section = try settings.section(key)
      return try members.map { (table: $0.key, rows: try section.integers($0.key)) }
    }
    return [(table: "", rows: try settings.integers(key))]
  }
}

extension JSON {
  /// Not null, false or empty.
  fileprivate var saysSomething: Bool {
    switch self {
    case .null, .bool(false), .string(""): false
    case .array(let elements): !elements.isEmpty
    case .object(let members): !members.isEmpty
    default: true
    }
  }

  fileprivate var printed: String {
    switch self {
    case .bool(let flag): "\(flag)"
    case .integer(let whole): "\(whole)"
    case .string(let text): text
    default: kind
    }
  }
}
