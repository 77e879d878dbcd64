extension HuggingFaceFolder {
  /// What makes a folder beside its weights; those that are there are taken over as they stand.
  private static let companions = [
    "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
    "added_tokens.json", "vocab.txt", "vocab.json", "merges.txt", "spiece.model", "spm.model",
    "sentencepiece.bpe.model", "tokenizer.model",
  ]
  private static let companionLimit = 256 << 20

  /// The files of a folder that opens as this one does: one file of weights whatever there were, and
  /// what the model said, to be compared at each load.
  /// - Parameters:
  ///   - files: the folder that this one was read from.
  ///   - card: where the model came from, in Markdown.
  /// - Throws: `CheckpointError` where a file can't be read.
  public func outputFiles(
    besides files: ModelFiles, checks: [SelfCheck], card: String
  ) throws -> [ModelFolder.OutputFile] {
    let taken = try Self.companions.filter(files.contains).map { name in
      let bytes = try files.read(name) { try $0.readAll(atMost: Self.companionLimit) }
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
}
