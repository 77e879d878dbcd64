internal import Documents

extension HuggingFaceTokenizer {
  /// Reads the tokenizer of a model's folder: `tokenizer.json`, or a vocabulary as transformers 5
  /// wraps it for the folder's class.
  ///
  /// - Parameter settings: `tokenizer_config.json`.
  /// - Parameter modelType: `model_type` of `config.json`, which says how to read a bare vocabulary.
  /// - Parameter tokenLimit: how many tokens the model takes.
  /// - Parameter read: the bytes of a file of the folder, nil where there is none.
  /// - Throws: `TokenizerFileError`, `JSONError`, what `read` throws.
  public init(
    settings: TokenizerSettings, modelType: String?, tokenLimit: Int?,
    read: (_ name: String) throws -> [UInt8]?
  ) throws {
    if let bytes = try read("tokenizer.json") {
      try self.init(
        json: JSON(bytes, valueLimit: Self.valueLimit(bytes)), settings: settings,
        tokenLimit: tokenLimit)
      return
    }
    let kind = try TokenizerClass(settings: settings, modelType: modelType)
    for name in kind.files {
      guard let bytes = try read(name) else { continue }
      let builder = LegacyTokenizer(kind: kind, settings: settings, tokenLimit: tokenLimit)
      switch kind {
      case .bert, .distilBERT, .electra, .mpnet: self = try builder.wordPiece(bytes)
      case .roberta:
        guard let merges = try read("merges.txt") else {
          throw TokenizerFileError.noVocabulary(tried: ["tokenizer.json", "merges.txt"])
        }
        self = try builder.bytePairs(vocabulary: bytes, merges: merges)
      case .albert, .xlmRoberta, .camembert, .debertaV2:
        self = try builder.unigram(SentencePieceModel(bytes))
      }
      return
    }
    throw TokenizerFileError.noVocabulary(tried: ["tokenizer.json"] + kind.files)
  }

  /// How many values a tokenizer's JSON may have, as a bound on memory: the largest vocabularies in
  /// use have a quarter of a million tokens and twice as many merges, of two tokens each.
  public static func valueLimit(_ bytes: [UInt8]) -> Int {
    min(2_000_000, 700_000 + bytes.count / 16)
  }
}
