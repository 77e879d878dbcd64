internal import Documents

/// Builds the tokenizer that transformers 5 builds around a bare vocabulary.
struct LegacyTokenizer {
  let kind: TokenizerClass
  let settings: TokenizerSettings
  let tokenLimit: Int?

  /// - Parameters:
  ///   - marked: the special pieces of a SentencePiece model, if there is one.
  ///   - defaults: the special tokens; nil for the class's own.
  func specials(
    marked: [NamedToken]? = nil, defaults: [SpecialTokenPart: String]? = nil
  ) throws -> SpecialTokens {
    try SpecialTokens(settings, kind, marked: marked, defaults: defaults, version: .five)
  }

  /// The pieces that a SentencePiece model marks as control or user-defined; they are found in the
  /// raw text.
  func marked(
    _ model: SentencePieceModel,
    among kinds: [SentencePieceModel.Kind] = [.control, .userDefined]
  ) -> [NamedToken] {
    model.pieces.filter { kinds.contains($0.kind) }.map {
      NamedToken.added(
        AddedToken(
          content: $0.text, id: 0, normalized: false, isSpecial: $0.kind == .control))
    }
  }

  // MARK: - vocab.txt

  /// One token per line.
  func wordPiece(_ bytes: [UInt8]) throws -> HuggingFaceTokenizer {
    let lines = try Self.lines(bytes, path: "vocab.txt")
    let vocabulary = try Vocabulary(
      lines.enumerated().lazy.map { (token: $1, id: $0) }, findsPrefixes: true, path: "vocab.txt")
    let specials = try specials()
    let name = specials.required(.unknown)
    guard let unknown = vocabulary.id(of: name) else {
      throw TokenizerFileError.unknownToken(path: "unk_token", token: name)
    }
    let lowersCase = try settings.flag("do_lower_case") ?? true
    let normalizer = try BertNormalizer(
      cleansText: true, splitsChinese: settings.flag("tokenize_chinese_chars") ?? true,
      stripsAccents: settings.flag("strip_accents") ?? lowersCase, lowersCase: lowersCase)
    let model = WordPiece(
      vocabulary: vocabulary, unknownID: unknown, continuation: "##".scalarValues, longestWord: 100
    )
    return try tokenizer(
      specials, normalizer: normalizer, preTokenizer: BertPreTokenizer(), model: model,
      trims: kind == .mpnet ? [.init(addsPrefixSpace: false)] : [])
  }

  // MARK: - vocab.json and merges.txt

  func bytePairs(vocabulary bytes: [UInt8], merges: [UInt8]) throws -> HuggingFaceTokenizer {
    let json = try JSON(bytes, valueLimit: HuggingFaceTokenizer.valueLimit(bytes))
    let vocabulary = try ComponentReader(json, path: "vocab.json").vocabulary()
    let lines = try Self.lines(merges, path: "merges.txt")
    var table = MergeTable(minimumCapacity: lines.count)
    var rank = 0
    var scalars: [UInt32] = []
    for (index, line) in lines.enumerated() where !line.hasPrefix("#version") && !line.isEmpty {
      guard let (left, right) = MergeTable.pair(in: line) else {
        throw TokenizerFileError.wrongKind(
          path: "merges.txt:\(index + 1)", expected: "two tokens", found: "another line")
      }
      try table.add(
        left, right, rank: rank, to: vocabulary, continuation: [],
        scalars: &scalars, path: { "merges.txt:\(index + 1)" })
      rank += 1
    }
    let addsPrefixSpace = try settings.flag("add_prefix_space") ?? false
    let model = BytePairs(vocabulary: vocabulary, merges: table, options: .init())
    if kind == .qwen2 {
      return try tokenizer(
        specials(), normalizer: UnicodeNormalizer(form: .nfc),
        preTokenizer: PreTokenizerSequence([
          PatternSplit(
            pattern: RegexPattern(Self.qwen2Pattern), behavior: .isolated, inverted: false),
          ByteLevel(pattern: nil, addsPrefixSpace: addsPrefixSpace),
        ]), model: model)
    }
    let trims = try kind == .roberta && settings.flag("trim_offsets") ?? true
    return try tokenizer(
      specials(), normalizer: nil,
      preTokenizer: ByteLevel(
        pattern: RegexPattern(ByteLevel.gpt2Pattern), addsPrefixSpace: addsPrefixSpace),
      model: model, trims: trims ? [.init(addsPrefixSpace: addsPrefixSpace)] : [])
  }

  /// transformers' `Qwen2Tokenizer`.
  private static let qwen2Pattern =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|"#
    + #"\s*[\r\n]+|\s+(?!\S)|\s+"#

  // MARK: - SentencePiece models

  func unigram(_ model: SentencePieceModel) throws -> HuggingFaceTokenizer {
    guard model.algorithm == .unigram else {
      throw TokenizerFileError.unsupported(
        path: "trainer_spec.model_type", what: "BPE for \(kind.rawValue)")
    }
    let specials = try specials(marked: marked(model))
    let (entries, unknown) = try entries(model, specials)
    let vocabulary = try Vocabulary(
      entries.enumerated().lazy.map { (token: $1.token, id: $0) }, findsPrefixes: true,
      path: "pieces")
    return try tokenizer(
      specials, normalizer: normalizer(model), preTokenizer: spacePreTokenizer(),
      model: Unigram(
        vocabulary: vocabulary, scores: entries.map(\.score), unknown: unknown, byteIDs: nil))
  }

  /// The pieces, preceded by fairseq's tokens if fairseq made the model.
  private func entries(
    _ model: SentencePieceModel, _ specials: SpecialTokens
  ) throws -> (entries: [(token: String, score: Double)], unknown: Int) {
    let pieces = model.pieces.map { (token: $0.text, score: Double($0.score)) }
    let unknownText = specials.required(.unknown)
    let (padding, mask) = (specials.required(.padding), specials.required(.mask))
    var entries = pieces
    var unknown = model.unknownID
    switch kind {
    case .xlmRoberta:
      entries =
        [specials.required(.begin), padding, specials.required(.end), unknownText].map { ($0, 0) }
        + pieces.dropFirst(3) + [(mask, 0)]
      unknown = 3
    case .camembert:
      entries =
        ["<s>NOTUSED", padding, "</s>NOTUSED", unknownText].map { ($0, 0) }
        + [("<unk>NOTUSED", -100)] + pieces.dropFirst() + [(mask, 0)]
      unknown = entries.firstIndex { $0.token == unknownText } ?? 0
    case .debertaV2:
      let named = pieces.firstIndex { $0.token == unknownText && $0.score == 0 }
      unknown = named ?? unknown
    default: unknown = 1
    }
    guard unknown < entries.count else {
      throw TokenizerFileError.idOutOfRange(path: "pieces", id: unknown, limit: entries.count)
    }
    return (entries, unknown)
  }

  private func normalizer(_ model: SentencePieceModel) throws -> (any Normalizer)? {
    let map = model.characterMap.map { Precompiled($0) }
    switch kind {
    case .albert:
      var parts: [any Normalizer] = try ["``", "''"].map {
        Replace(pattern: try RegexPattern(literal: $0), content: "\"".scalarValues)
      }
      if try settings.flag("keep_accents") != true {
        parts += [UnicodeNormalizer(form: .nfkd), StripAccents()]
      }
      if try settings.flag("do_lower_case") ?? true { parts.append(Lowercase()) }
      if let map { parts.append(map) }
      return NormalizerSequence(parts)
    case .debertaV2:
      let spaces = try RegexPattern(#"\s{2,}|[\n\r\t]"#)
      let lowers = try settings.flag("do_lower_case") ?? false
      var parts: [any Normalizer] = lowers ? [Lowercase()] : []
      parts += [
        Replace(pattern: spaces, content: [0x20]), UnicodeNormalizer(form: .nfc),
        Strip(left: false, right: true),
      ]
      return NormalizerSequence(parts)
    default: return map
    }
  }

  private func spacePreTokenizer() throws -> any PreTokenizer {
    let addsSpace = try settings.flag("add_prefix_space") ?? true
    var parts: [any PreTokenizer] = []
    if kind != .debertaV2 {
      parts.append(ScalarSplit.whiteSpace)
    } else if try settings.flag("split_by_punct") ?? false {
      parts.append(ScalarSplit.punctuation(.isolated))
    }
    let without: Metaspace.PrependScheme = kind == .debertaV2 ? .first : .never
    parts.append(
      Metaspace(
        replacement: SentencePieceText.spaceSymbol, prependScheme: addsSpace ? .always : without,
        splits: true))
    return PreTokenizerSequence(parts)
  }

  // MARK: - Assembly

  /// - Parameter added: the added tokens; nil for those of `specials`.
  func tokenizer(
    _ specials: SpecialTokens, normalizer: (any Normalizer)?, preTokenizer: (any PreTokenizer)?,
    model: any PieceModel, added: [AddedToken]? = nil, trims: [PostProcessor.Trim] = []
  ) throws -> HuggingFaceTokenizer {
    try HuggingFaceTokenizer(
      normalizer: normalizer, preTokenizer: preTokenizer, model: model,
      addedTokens: [added ?? specials.additions(to: [])], specials: specials, settings: settings,
      kind: kind, tokenLimit: tokenLimit, truncatesLeft: settings.truncatesLeft() ?? false
    ) { id in
      if [.gpt2, .qwen2, .llama, .gemma, .unchanged].contains(kind) {
        return try PostProcessor(settings, specials, addsBegin: false, id)
      }
      func frame(_ part: SpecialTokenPart) throws -> PostProcessor.Token {
        let text = specials.required(part)
        guard let id = id(text) else {
          throw TokenizerFileError.unknownToken(path: part.rawValue, token: text)
        }
        return PostProcessor.Token(text: text, id: id)
      }
      let parts = try frameParts
      let (first, last) = (try parts.first.map(frame), try parts.last.map(frame))
      guard let first, let last, let secondType = kind.doubledSeparatorType else {
        return PostProcessor(first: first, last: last, trims: trims)
      }
      return PostProcessor(first: first, last: last, secondType: secondType, trims: trims)
    }
  }

  private var frameParts: (first: SpecialTokenPart?, last: SpecialTokenPart?) {
    get throws {
      switch kind {
      case .xlmRoberta, .camembert: return (.begin, .end)
      case .albert where settings.has("add_bos_token") || settings.has("add_eos_token"):
        let adds = try (settings.flag("add_bos_token"), settings.flag("add_eos_token"))
        return (adds.0 == true ? .begin : nil, adds.1 == true ? .end : nil)
      default: return (.classifier, .separator)
      }
    }
  }

  /// The most tokens or merges.
  private static let lineLimit = max(Vocabulary.tokenLimit, MergeTable.limit)

  /// The lines, without trailing white space and without an empty last one.
  private static func lines(_ bytes: [UInt8], path: String) throws -> [String] {
    var result: [String] = []
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      defer { start = end + 1 }
      guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
        throw TokenizerFileError.wrongKind(
          path: "\(path):\(result.count + 1)", expected: "UTF-8", found: "other bytes")
      }
      var scalars = text.unicodeScalars[...]
      while let last = scalars.last, ScalarFacts(of: last.value).has(ScalarFacts.space) {
        scalars.removeLast()
      }
      result.append(String(scalars))
      guard result.count <= lineLimit else {
        throw TokenizerFileError.tooLarge(
          path: path, what: "lines", count: result.count, limit: lineLimit)
      }
    }
    if result.last == "" { result.removeLast() }
    guard !result.isEmpty else { throw TokenizerFileError.emptyVocabulary(path: path) }
    return result
  }
}

extension TokenizerClass {
  /// The token type of the second text if two separators lie between the texts, as in RoBERTa; nil
  /// if there is one separator.
  fileprivate var doubledSeparatorType: Int? {
    switch self {
    case .roberta, .xlmRoberta, .camembert: 0
    case .mpnet: 1
    default: nil
    }
  }
}
