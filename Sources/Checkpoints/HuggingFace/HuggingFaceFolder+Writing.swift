internal import Documents

extension HuggingFaceFolder {
  /// The files of a folder beside its weights; existing ones are copied unchanged.
  private static let companions =
    settings + ["tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"]
    + vocabularies + ["merges.txt"]
  /// Files about the model rather than its tokenizer.
  private static let settings = [
    "config.json", "config_sentence_transformers.json", "modules.json",
  ]
  /// Each of these is enough for a tokenizer.
  static let vocabularies = [
    "tokenizer.json", "vocab.txt", "vocab.json", "spiece.model", "spm.model",
    "sentencepiece.bpe.model", "tokenizer.model",
  ]

  /// Whether a file belongs to a tokenizer.
  static func isOfTokenizer(_ name: String) -> Bool {
    !settings.contains(name)
      && (companions.contains(name) || name.hasPrefix("tokenizer.") && name.hasSuffix(".json"))
  }

  private static let companionLimit = 256 << 20

  /// The files of a folder that opens as this one does: the weights in a single file, and the
  /// model's outputs, to be compared at each load.
  /// - Parameters:
  ///   - files: the folder that this one was read from.
  ///   - card: the model's origin, in Markdown.
  /// - Throws: `CheckpointError` if a file cannot be read.
  public func outputFiles(
    besides files: ModelFiles, checks: [SelfCheck], card: String
  ) throws -> [ModelFolder.OutputFile] {
    let names = Self.companions + (try Self.tokenizersByVersion(files))
    let taken = try names.filter(files.contains).map { name in
      let own = name == Self.configurationName ? ownSettings : nil
      let bytes = try own ?? files.read(name) { try $0.readAll(atMost: Self.companionLimit) }
      return ModelFolder.OutputFile(name: name) { try $0(bytes) }
    }
    let tensors = tensors
    return taken + [
      ModelFolder.OutputFile(name: ModelFolder.weights) { try Safetensors.write(tensors, $0) },
      ModelFolder.OutputFile(name: ModelFolder.selfChecks) {
        try $0(Array(ModelFolder.text(of: checks).utf8))
      },
      ModelFolder.OutputFile(name: "MODEL_CARD.md") { try $0(Array(card.utf8)) },
    ]
  }

  /// `tokenizer.4.0.0.json` and the like, as listed in the tokenizer's settings.
  private static func tokenizersByVersion(_ files: ModelFiles) throws -> [String] {
    let settings = try files.json("tokenizer_config.json", atMost: jsonLimit)
    guard case .array(let listed)? = settings?["fast_tokenizer_files"] else { return [] }
    let names = listed.compactMap { if case .string(let name) = $0 { name } else { nil } }
    return Set(names).filter { name in
      !companions.contains(name) && name.hasPrefix("tokenizer.") && name.hasSuffix(".json")
        && !name.contains { "/\\\0".contains($0) }
    }.sorted()
  }
}
