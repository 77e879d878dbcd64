internal import Documents

/// The components that a tokenizer's file may contain, by `type`.
enum ComponentCatalog {
  static let normalizers: [String: @Sendable (ComponentReader) throws -> any Normalizer] = [
    "BertNormalizer": { try BertNormalizer($0) },
    "ByteLevel": { _ in ByteLevelNormalizer() },
    "Lowercase": { _ in Lowercase() },
    "NFC": { _ in UnicodeNormalizer(form: .nfc) },
    "NFD": { _ in UnicodeNormalizer(form: .nfd) },
    "NFKC": { _ in UnicodeNormalizer(form: .nfkc) },
    "NFKD": { _ in UnicodeNormalizer(form: .nfkd) },
    "Nmt": { _ in Nmt() },
    "Precompiled": { try Precompiled($0) },
    "Prepend": { Prepend(prefix: try $0.string("prepend").scalarValues) },
    "Replace": {
      Replace(pattern: try $0.pattern("pattern"), content: try $0.string("content").scalarValues)
    },
    "Sequence": {
      NormalizerSequence(
        try $0.required("normalizers").elements().map { try $0.normalizer() })
    },
    "Strip": { Strip(left: try $0.bool("strip_left"), right: try $0.bool("strip_right")) },
    "StripAccents": { _ in StripAccents() },
  ]

  static let preTokenizers: [String: @Sendable (ComponentReader) throws -> any PreTokenizer] = [
    "BertPreTokenizer": { _ in BertPreTokenizer() },
    "ByteLevel": { try ByteLevel($0) },
    "CharDelimiterSplit": { ScalarSplit.delimiter(try $0.scalar("delimiter")) },
    "Digits": { ScalarSplit.digits(individually: try $0.bool("individual_digits")) },
    "FixedLength": { try FixedLength($0) },
    "Metaspace": { try Metaspace($0) },
    "Punctuation": { ScalarSplit.punctuation(try $0.behavior(default: .isolated)) },
    "Sequence": {
      PreTokenizerSequence(
        try $0.required("pretokenizers").elements().map { try $0.preTokenizer() })
    },
    "Split": {
      PatternSplit(
        pattern: try $0.pattern("pattern"), behavior: try $0.behavior(default: nil),
        inverted: try $0.bool("invert"))
    },
    "UnicodeScripts": { _ in UnicodeScripts() },
    "Whitespace": { _ in WhitespacePreTokenizer() },
    "WhitespaceSplit": { _ in ScalarSplit.whiteSpace },
  ]

  static let models: [String: @Sendable (ComponentReader) throws -> any PieceModel] = [
    "BPE": { try BytePairs($0) },
    "Unigram": { try Unigram($0) },
    "WordLevel": { try WordLevel($0) },
    "WordPiece": { try WordPiece($0) },
  ]

  static let postProcessors: [String: @Sendable (ComponentReader) throws -> PostProcessor] = [
    "BertProcessing": { try PostProcessor(bert: $0) },
    "ByteLevel": { try PostProcessor(byteLevel: $0) },
    "RobertaProcessing": { try PostProcessor(roberta: $0) },
    "Sequence": { try PostProcessor(sequence: $0) },
    "TemplateProcessing": { try PostProcessor(template: $0) },
  ]
}

extension ComponentReader {
  func normalizer() throws -> any Normalizer { try component(ComponentCatalog.normalizers) }
  func preTokenizer() throws -> any PreTokenizer { try component(ComponentCatalog.preTokenizers) }
  func postProcessor() throws -> PostProcessor { try component(ComponentCatalog.postProcessors) }

  /// Old files do not name the model's type; it follows from the members.
  func model() throws -> any PieceModel {
    if member("type") != nil { return try component(ComponentCatalog.models) }
    if member("merges") != nil { return try BytePairs(self) }
    if case .some(.array) = json["vocab"] { return try Unigram(self) }
    if member("max_input_chars_per_word") != nil { return try WordPiece(self) }
    return try WordLevel(self)
  }

  private func component<Part>(
    _ catalog: [String: @Sendable (ComponentReader) throws -> Part]
  ) throws -> Part {
    guard case .object = json else { throw wrongKind("an object") }
    let type = try required("type")
    let name = try type.string()
    guard let build = catalog[name] else {
      throw TokenizerFileError.unknownComponent(
        path: type.path, name: name, known: catalog.keys.sorted())
    }
    return try build(self)
  }
}
