public import Documents

extension HuggingFaceTokenizer {
  /// Reads `tokenizer.json`.
  ///
  /// - Parameter settings: `tokenizer_config.json`, which names the special tokens and may have the
  ///   limit of the model.
  /// - Parameter tokenLimit: how many tokens the model takes; the lower of all limits counts.
  /// - Throws: `TokenizerFileError`.
  public init(
    json: JSON, settings: TokenizerSettings = TokenizerSettings(), tokenLimit: Int? = nil
  ) throws {
    let reader = ComponentReader(json)
    guard case .object = json else { throw reader.wrongKind("an object") }
    if let version = reader.member("version"), try version.string() != "1.0" {
      throw TokenizerFileError.unsupported(
        path: version.path, what: "version \(try version.string())")
    }
    try TokenizerSizes.check(reader)
    let limits = [tokenLimit, settings.tokenLimit].compactMap { $0 }
    let truncation = reader.member("truncation")
    try self.init(
      normalizer: reader.member("normalizer")?.normalizer(),
      preTokenizer: reader.member("pre_tokenizer")?.preTokenizer(),
      model: reader.required("model").model(),
      addedTokens: reader.member("added_tokens")?.elements().map { try AddedToken($0) } ?? [],
      postProcessor: reader.member("post_processor")?.postProcessor() ?? PostProcessor(),
      settings: settings,
      tokenLimit: limits.min() ?? truncation?.member("max_length")?.id(),
      truncatesLeft: settings.truncatesLeft || truncation?.json["direction"] == .string("Left"))
  }

  /// - Parameter addedTokens: ids are found in the model's vocabulary, or follow it.
  init(
    normalizer: (any Normalizer)?, preTokenizer: (any PreTokenizer)?, model: any PieceModel,
    addedTokens: [AddedToken], postProcessor: PostProcessor, settings: TokenizerSettings,
    tokenLimit: Int?, truncatesLeft: Bool
  ) throws {
    var vocabulary = model.vocabulary
    let added = Self.numbered(addedTokens, model)
    for token in added where token.id >= Vocabulary.idLimit {
      throw TokenizerFileError.idOutOfRange(
        path: "added_tokens", id: token.id, limit: Vocabulary.idLimit)
    }
    for token in added { vocabulary.name(token.id, token.content) }
    for token in postProcessor.before + postProcessor.behind
    where token.id >= vocabulary.tokens.count || vocabulary.tokens[token.id].isEmpty {
      vocabulary.name(token.id, token.text)
    }
    self.normalizer = normalizer
    self.preTokenizer = preTokenizer
    self.model = model
    self.addedTokens = AddedTokens(added, normalizer: normalizer)
    self.postProcessor = postProcessor
    self.tokenLimit = tokenLimit
    self.truncatesLeft = truncatesLeft
    self.vocabulary = vocabulary.tokens
    let addedIndex = TokenTable(added.map { (token: $0.content, id: $0.id) })
    self.addedIndex = addedIndex
    func role(_ setting: String, _ spellings: [String]) -> Int? {
      ([settings.token(setting)].compactMap { $0 } + spellings).lazy.compactMap {
        addedIndex.id(of: $0) ?? model.vocabulary.id(of: $0)
      }.first
    }
    roles = TokenRoles(
      unknown: model.unknown ?? role("unk_token", ["[UNK]", "<unk>"]),
      padding: role("pad_token", ["[PAD]", "<pad>"]),
      mask: role("mask_token", ["[MASK]", "<mask>"]))
  }

  /// Ids as the library gives them: the model's where it has the token, else the next one.
  static func numbered(_ tokens: [AddedToken], _ model: any PieceModel) -> [AddedToken] {
    var next = model.vocabulary.count
    var result: [AddedToken] = []
    var places: [[UInt32]: Int] = [:]
    for var token in tokens where !token.content.isEmpty {
      let key = token.content.scalarValues
      if let place = places[key] {
        token.id = result[place].id
        result[place] = token
        continue
      }
      if let id = model.vocabulary.id(of: token.content) {
        token.id = id
      } else {
        token.id = next
        next += 1
      }
      places[key] = result.count
      result.append(token)
    }
    return result
  }
}

extension AddedToken {
  init(_ reader: ComponentReader) throws {
    content = try reader.string("content")
    id = try reader.required("id").id()
    isSingleWord = try reader.bool("single_word", default: false)
    stripsLeft = try reader.bool("lstrip", default: false)
    stripsRight = try reader.bool("rstrip", default: false)
    isSpecial = try reader.bool("special", default: false)
    isNormalized = try reader.bool("normalized", default: !isSpecial)
  }
}
