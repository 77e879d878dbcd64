public import Documents

extension HuggingFaceTokenizer {
  /// Reads `tokenizer.json`.
  ///
  /// - Parameter settings: the files beside it, none of which overrides it.
  /// - Parameter tokenLimit: the most tokens that the model reads; the lowest of all limits counts.
  /// - Throws: `TokenizerFileError`.
  public init(
    json: JSON, settings: TokenizerSettings = TokenizerSettings(), tokenLimit: Int? = nil
  ) throws {
    try self.init(json: json, settings: settings, kind: .unchanged, tokenLimit: tokenLimit)
  }

  /// Reads `tokenizer.json` with the changes that the tokenizer's class makes in transformers
  /// 4.57.3.
  init(
    json: JSON, settings: TokenizerSettings, kind: TokenizerClass, tokenLimit: Int?
  ) throws {
    guard case .object = json else { throw ComponentReader(json).wrongKind("an object") }
    try TokenizerSizes.check(ComponentReader(json))
    var json = json
    let overrides = try SettingOverrides(settings, kind, changing: &json)
    let reader = ComponentReader(json)
    if let version = reader.member("version"), try version.string() != "1.0" {
      throw TokenizerFileError.unsupported(
        path: version.path, what: "version \(try version.string())")
    }
    let existing = try reader.member("added_tokens")?.elements().map { try AddedToken($0) } ?? []
    let specials = try SpecialTokens(
      settings, kind, existing: existing, version: kind == .unchanged ? .five : .four)
    let direction = reader.member("truncation")?.json["direction"]
    try self.init(
      normalizer: reader.member("normalizer")?.normalizer(),
      preTokenizer: reader.member("pre_tokenizer")?.preTokenizer(),
      model: reader.required("model").model(),
      addedTokens: [existing, specials.additions(to: existing)], specials: specials,
      settings: settings, kind: kind, tokenLimit: tokenLimit,
      truncatesLeft: settings.truncatesLeft() ?? (direction == .string("Left"))
    ) { ids in
      switch kind {
      case .llama, .gemma: try PostProcessor(settings, specials, addsBegin: true, ids)
      case .gptNeoX: try PostProcessor(settings, specials, addsBegin: false, ids)
      default: try reader.member("post_processor")?.postProcessor() ?? PostProcessor()
      }
    }
    self.overrides = overrides.made
  }

  /// - Parameters:
  ///   - addedTokens: in the order in which they are added. Their ids are found in the model's
  ///     vocabulary, or follow it.
  ///   - kind: decides whether token types are given if the settings do not say.
  ///   - tokenLimit: the most tokens that the model reads, unless the settings set a lower limit.
  ///   - postProcessor: called once the ids of all tokens are known.
  init(
    normalizer: (any Normalizer)?, preTokenizer: (any PreTokenizer)?, model: any PieceModel,
    addedTokens: [[AddedToken]], specials: SpecialTokens, settings: TokenizerSettings,
    kind: TokenizerClass, tokenLimit: Int?, truncatesLeft: Bool,
    postProcessor: (_ id: (String) -> Int?) throws -> PostProcessor
  ) throws {
    var vocabulary = model.vocabulary
    let added = Self.numbered(addedTokens, model, specials.version)
    try TokenizerSizes.check(added)
    for token in added where token.id >= Vocabulary.idLimit {
      throw TokenizerFileError.idOutOfRange(
        path: "added_tokens", id: token.id, limit: Vocabulary.idLimit)
    }
    for token in added { vocabulary.name(token.id, token.content) }
    let addedIndex = TokenTable(added.map { (token: $0.content, id: $0.id) })
    func id(of token: String) -> Int? { addedIndex.id(of: token) ?? model.vocabulary.id(of: token) }
    let postProcessor = try postProcessor(id)
    for token in postProcessor.tokens
    where token.id >= vocabulary.tokens.count || vocabulary.tokens[token.id].isEmpty {
      vocabulary.name(token.id, token.text)
    }
    // transformers ignores a limit that leaves no room beside the frame.
    let frame = postProcessor.single.addedCount
    let limit = try settings.tokenLimit().flatMap { $0 < frame ? nil : $0 }
    func role(_ part: SpecialTokenPart, _ spellings: [String]) -> Int? {
      ([specials.content(part)].compactMap { $0 } + spellings).lazy.compactMap(id).first
    }
    self.init(
      normalizer: normalizer, preTokenizer: preTokenizer, model: model,
      addedTokens: AddedTokens(
        added, normalizer: normalizer,
        splitsSpecial: try settings.flag("split_special_tokens") ?? false),
      addedIndex: addedIndex, postProcessor: postProcessor,
      tokenLimit: [tokenLimit, limit].compactMap { $0 }.min(), truncatesLeft: truncatesLeft,
      givesTypes: settings.givesTypes ?? kind.givesTypes(settings),
      names: vocabulary.tokens,
      roles: TokenRoles(
        unknown: model.unknown ?? role(.unknown, ["[UNK]", "<unk>"]),
        padding: role(.padding, ["[PAD]", "<pad>"]), mask: role(.mask, ["[MASK]", "<mask>"])))
  }

  /// Assigns ids as the library does: the model's id if it has the token, else the next free one.
  /// Of a token that occurs twice, the later description counts.
  ///
  /// - Parameter version: version 4 skips a token that is identical to an earlier one.
  static func numbered(
    _ steps: [[AddedToken]], _ model: any PieceModel, _ version: TransformersVersion
  ) -> [AddedToken] {
    var largest = -1
    var result: [AddedToken] = []
    var places: [[UInt32]: Int] = [:]
    for step in steps {
      var before = Set(result)
      for var token in step where !token.content.isEmpty {
        if version == .four, !before.insert(token).inserted { continue }
        let key = token.content.scalarValues
        if let place = places[key] {
          token.id = result[place].id
          result[place] = token
          continue
        }
        token.id = model.vocabulary.id(of: token.content) ?? max(model.size, largest + 1)
        largest = max(largest, token.id)
        places[key] = result.count
        result.append(token)
      }
    }
    return result
  }
}

extension PostProcessor {
  /// The frame that the classes of Llama and GPT-NeoX use whatever the file says, and those of
  /// GPT-2 and Qwen2 for a bare vocabulary.
  /// - Parameter addsBegin: the default if no setting says it.
  init(
    _ settings: TokenizerSettings, _ specials: SpecialTokens, addsBegin: Bool,
    _ id: (String) -> Int?
  ) throws {
    func tokens(_ setting: String, _ part: SpecialTokenPart, default isAdded: Bool) throws
      -> [Token]
    {
      guard try settings.flag(setting) ?? isAdded, let text = specials.content(part),
        let id = id(text)
      else { return [] }
      return [Token(text: text, id: id)]
    }
    let first = try tokens("add_bos_token", .begin, default: addsBegin)
    let last = try tokens("add_eos_token", .end, default: false)
    func framed(_ part: Int) -> [Item] {
      first.map { .token($0, type: part) } + [.text(part: part, type: part)]
        + last.map { .token($0, type: part) }
    }
    self.init(single: framed(0), pair: framed(0) + framed(1))
  }
}

extension AddedToken {
  /// An entry of `tokenizer.json`.
  init(_ reader: ComponentReader) throws {
    try self.init(reader, id: try reader.required("id").id())
  }

  init(_ reader: ComponentReader, id: Int) throws {
    guard case .object = reader.json else { throw reader.wrongKind("a token") }
    content = try reader.string("content")
    self.id = id
    isSingleWord = try reader.bool("single_word", default: false)
    stripsLeft = try reader.bool("lstrip", default: false)
    stripsRight = try reader.bool("rstrip", default: false)
    isSpecial = try reader.bool("special", default: false)
    normalized = try reader.member("normalized")?.bool()
  }
}
