internal import Documents

/// A model of transformers with an adapter of peft merged into it.
public struct AdaptedFolder: Sendable {
  public let folder: HuggingFaceFolder
  /// What the folder of the merged model has beside its weights: the tokenizer is the adapter's where it
  /// has one, else the base's.
  public let files: ModelFiles
  /// How many matrices LoRA changes, and the ranks of the changes, ascending.
  public let matrices: Int
  public let ranks: [Int]

  /// Reads everything but the weights.
  /// - Parameters:
  ///   - files: of the adapter.
  ///   - baseFiles: of its base.
  ///   - matches: whether a regular expression matches a whole text.
  /// - Throws: `CheckpointError`, and what `matches` throws.
  public init(
    _ adapter: AdapterConfiguration, _ files: ModelFiles, onto base: AdapterBase,
    _ baseFiles: ModelFiles, matches: (_ pattern: String, _ text: String) throws -> Bool
  ) throws {
    let tensors = try AdapterTensors(in: files)
    let merged = try tensors.merged(
      into: base.tensors, isConvolution: base.isConvolution, learnedRows: adapter.learnedRows
    ) { try adapter.factor(of: $0, rank: $1, matches: matches) }
    let own = try files.json(
      HuggingFaceFolder.configurationName, atMost: HuggingFaceFolder.jsonLimit)
    let settings = try base.settings(for: merged, own: own)
    folder = HuggingFaceFolder(
      configuration: try HuggingFaceConfiguration(settings.json), tensors: merged,
      notes: settings.notes)
    let configuration = ByteSource(Array(settings.json.line.utf8))
    let written = ModelFiles([HuggingFaceFolder.configurationName: configuration])
    let hasTokenizer = HuggingFaceFolder.vocabularies.contains(where: files.contains)
    self.files = baseFiles.choosing { name in
      if name == HuggingFaceFolder.configurationName { return written }
      return hasTokenizer && HuggingFaceFolder.isOfTokenizer(name) ? files : nil
    }
    (matrices, ranks) = (tensors.summary.matrices, tensors.summary.ranks.sorted())
  }
}

extension AdapterBase {
  /// Whether a module is one of transformers' `Conv1D`, which stores the transpose of what others do.
  fileprivate func isConvolution(_ module: String) -> Bool {
    ["gpt2", "openai-gpt"].contains(modelType)
      && ["c_attn", "q_attn", "c_proj", "c_fc"].contains { module.hasSuffix("." + $0) }
  }
}
