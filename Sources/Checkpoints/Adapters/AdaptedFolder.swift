internal import Documents

/// A transformers model with a peft adapter merged into it.
public struct AdaptedFolder: Sendable {
  public let folder: HuggingFaceFolder
  /// The merged model's files beside its weights: the tokenizer is the adapter's if it has one,
  /// otherwise the base's.
  public let files: ModelFiles
  /// How many matrices LoRA changes, and the ranks of the changes in ascending order.
  public let matrices: Int
  public let ranks: [Int]

  /// Reads everything but the weights.
  /// - Parameters:
  ///   - files: the adapter's files.
  ///   - baseFiles: the files of its base model.
  ///   - matches: whether a regular expression matches a whole text.
  /// - Throws: `CheckpointError`, and errors of `matches`.
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
  /// Whether a module is a `Conv1D` of transformers, which stores its weights transposed.
  fileprivate func isConvolution(_ module: String) -> Bool {
    ["gpt2", "openai-gpt"].contains(modelType)
      && ["c_attn", "q_attn", "c_proj", "c_fc"].contains { module.hasSuffix("." + $0) }
  }
}
