internal import Documents

/// The activation of a sentence-transformers cross-encoder, by the module that the folder names.
public enum ScoreActivation: String, Sendable, Hashable, CaseIterable {
  case identity = "Identity"
  case sigmoid = "Sigmoid"
  case softmax = "Softmax"

  /// sentence-transformers' own file, which counts if the folder was saved by that library as a
  /// list of modules; otherwise nil.
  /// - Throws: `CheckpointError`.
  static func ownFile(_ files: ModelFiles) throws -> JSON? {
    guard files.contains("modules.json") else { return nil }
    return try files.json(
      "config_sentence_transformers.json", atMost: HuggingFaceFolder.jsonLimit)
  }

  /// - Parameter name: a dotted name: `torch.nn.modules.activation.Sigmoid`.
  init?(module name: String) {
    let parts = name.split(separator: ".")
    guard parts.first == "torch", let known = parts.last.flatMap({ Self(rawValue: String($0)) })
    else { return nil }
    self = known
  }

  /// The name in the files: that of sentence-transformers' own file, then of `config.json`, in its
  /// present form or that before version 4.
  /// - Throws: `CheckpointError`.
  static func named(_ settings: Settings, beside own: Settings?) throws -> String? {
    let name = "activation_fn"
    if let own, own.has(name) { return try own.string(name) }
    if settings.has("sentence_transformers") {
      let section = try settings.section("sentence_transformers")
      if section.has(name) { return try section.string(name) }
    }
    let older = "sbert_ce_default_activation_function"
    return settings.has(older) ? try settings.string(older) : nil
  }
}
