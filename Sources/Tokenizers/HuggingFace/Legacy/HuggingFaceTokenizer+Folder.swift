internal import Documents

extension HuggingFaceTokenizer {
  /// Reads the tokenizer of a model's folder: `tokenizer.json` as transformers 4.57.3 does, or a
  /// bare vocabulary as transformers 5.24 does for the folder's class.
  ///
  /// - Parameter model: the tokenizer's settings in `config.json`.
  /// - Parameter tokenLimit: the most tokens that the model reads.
  /// - Parameter read: returns the bytes of a file in the folder, nil if there is none.
  /// - Throws: `TokenizerFileError`, `JSONError`, and the errors of `read`.
  public init(
    model: ModelSettings, tokenLimit: Int?, read: (_ name: String) throws -> [UInt8]?
  ) throws {
    let settings = try TokenizerSettings { name in
      try read(name).map { try JSON($0, valueLimit: Self.valueLimit($0)) }
    }
    let name = settings.fileName
    if let bytes = try read(name) {
      do {
        try self.init(
          json: JSON(bytes, valueLimit: Self.valueLimit(bytes)), settings: settings,
          kind: TokenizerClass(settings, model: model), tokenLimit: tokenLimit)
      } catch let error as TokenizerFileError where name != "tokenizer.json" {
        throw error.naming(name)
      }
      return
    }
    let kind = try TokenizerClass(ofVocabulary: settings, model: model)
    for file in kind.files {
      guard let bytes = try read(file) else { continue }
      let builder = LegacyTokenizer(kind: kind, settings: settings, tokenLimit: tokenLimit)
      do {
        switch kind {
        case .roberta, .gpt2, .qwen2:
          guard let merges = try read("merges.txt") else {
            throw TokenizerFileError.noVocabulary(tried: [name, "merges.txt"])
          }
          self = try builder.bytePairs(vocabulary: bytes, merges: merges)
        case .albert, .xlmRoberta, .camembert, .debertaV2:
          self = try builder.unigram(SentencePieceModel(bytes))
        case .llama, .gemma, .unchanged:
          self = try builder.bytePairs(SentencePieceModel(bytes))
        default: self = try builder.wordPiece(bytes)
        }
      } catch let error as TokenizerFileError {
        throw error.naming(file)
      }
      return
    }
    throw TokenizerFileError.noVocabulary(tried: [name] + kind.files)
  }

  /// The most values in a tokenizer's JSON, to limit memory. The largest vocabularies in use have a
  /// quarter of a million tokens and twice as many merges of two tokens each.
  public static func valueLimit(_ bytes: [UInt8]) -> Int {
    min(2_000_000, 700_000 + bytes.count / 16)
  }
}
