/// The roles of special tokens, in the order in which transformers adds the tokens.
enum SpecialTokenPart: String, Sendable, CaseIterable {
  case begin = "bos_token"
  case end = "eos_token"
  case unknown = "unk_token"
  case separator = "sep_token"
  case padding = "pad_token"
  case classifier = "cls_token"
  case mask = "mask_token"
}

/// A special token as a file or a class names it.
enum NamedToken: Sendable {
  /// By its text alone.
  case plain(String)
  /// With its search options.
  case added(AddedToken)

  var content: String {
    switch self {
    case .plain(let text): text
    case .added(let token): token.content
    }
  }
}

/// The transformers version whose rules decide which tokens are added, and which of two
/// descriptions counts.
enum TransformersVersion: Sendable {
  /// 4.57.3, which takes `tokenizer.json` and lets settings override parts of it.
  case four
  /// 5.24, which builds a tokenizer around a bare vocabulary.
  case five
}

/// The special tokens of a tokenizer, and the tokens that settings add to its vocabulary.
struct SpecialTokens: Sendable {
  private let parts: [SpecialTokenPart: String]
  /// Lists in the order in which they are added; each token with a role is a list of its own.
  private let named: [[NamedToken]]
  private let extra: [NamedToken]
  /// Tokens that files list with their ids, in the order of the ids.
  private let listed: [AddedToken]
  let version: TransformersVersion
  private let defaults: [SpecialTokenPart: String]

  /// - Parameters:
  ///   - existing: the added tokens of `tokenizer.json`.
  ///   - marked: the special pieces of a SentencePiece model; nil if there is no such model.
  ///   - defaults: the tokens if no setting names them; nil for the class's.
  /// - Throws: `TokenizerFileError.inFile`.
  init(
    _ settings: TokenizerSettings, _ kind: TokenizerClass, existing: [AddedToken] = [],
    marked: [NamedToken]? = nil, defaults: [SpecialTokenPart: String]? = nil,
    version: TransformersVersion
  ) throws {
    let parts = SpecialTokenPart.allCases
    let given = try parts.map { try settings.token($0.rawValue) }
    let unnamed = try UnnamedTokens(settings, kind, marked: marked, version: version)
    self.version = version
    let defaults = defaults ?? kind.defaultTokens
    self.defaults = defaults
    extra = unnamed.extra

    // If a token is also listed, the list has its search options.
    var known: [[UInt32]: AddedToken] = [:]
    func register(_ tokens: [AddedToken]) {
      for token in tokens { known[token.content.scalarValues] = token }
    }
    if let listed = try settings.listedTokens() {
      self.listed = listed
      register(listed)
    } else {
      let special = try parts.compactMap { try settings.text(of: $0) } + unnamed.special
      let added = try settings.addedTokens(special: Set(special.map(\.scalarValues)))
      // An entry of `tokenizer.json` with the same id takes precedence.
      let taken = Set(existing.map(\.id))
      listed = added.filter { !taken.contains($0.id) }
      if version == .five { register(added) }
      register(existing)
    }
    var named: [[NamedToken]] = []
    var contents: [SpecialTokenPart: String] = [:]
    for (part, given) in zip(parts, given) {
      let token: NamedToken
      if let given {
        token = known[given.content.scalarValues].map { .added($0) } ?? given
      } else if let text = defaults[part], !settings.isNull(part.rawValue) {
        token = .plain(text)
      } else {
        continue
      }
      named.append([kind.described(token, as: part, version)])
      contents[part] = token.content
    }
    self.parts = contents
    self.named = named + unnamed.named
  }

  /// The token with a role; nil if there is none.
  func content(_ part: SpecialTokenPart) -> String? { parts[part] }

  /// The token with a role that the tokenizer cannot do without: the class's own if a file removes
  /// it.
  func required(_ part: SpecialTokenPart) -> String { content(part) ?? defaults[part] ?? "" }

  /// The tokens to add to a tokenizer, in order; of a token that occurs twice, the later
  /// description counts.
  ///
  /// - Parameter existing: the added tokens that it has.
  func additions(to existing: [AddedToken]) -> [AddedToken] {
    let specials = Set(named.joined().map(\.content.scalarValues))
    func marked(_ token: AddedToken) -> AddedToken {
      var token = token
      if specials.contains(token.content.scalarValues) { token.isSpecial = true }
      return token
    }
    var added = listed.map(marked)
    let present = Set((existing + added).map(\.content.scalarValues))
    var seen: Set<[UInt32]> = []
    // A repeated description is ignored.
    var plain: Set<[UInt32]> = []
    var described = Set(listed)
    for list in named + [extra] {
      // Version 4 leaves out tokens of earlier lists.
      let left = version == .four ? list.filter { !seen.contains($0.content.scalarValues) } : list
      seen.formUnion(list.map(\.content.scalarValues))
      for token in left {
        let text = token.content.scalarValues
        let isPresent = present.contains(text)
        switch token {
        case .plain(let content):
          guard !isPresent, plain.insert(text).inserted else { continue }
          added.append(AddedToken(content: content, id: 0, isSpecial: true))
        case .added(let token):
          guard version == .four || !isPresent, described.insert(token).inserted else { continue }
          added.append(marked(token))
        }
      }
    }
    return added
  }
}

/// Special tokens without a role.
private struct UnnamedTokens {
  /// Lists that are treated like the named tokens.
  var named: [[NamedToken]]
  var extra: [NamedToken] = []
  /// Tokens whose entries in `added_tokens.json` are special.
  var special: [String]

  init(
    _ settings: TokenizerSettings, _ kind: TokenizerClass, marked: [NamedToken]?,
    version: TransformersVersion
  ) throws {
    let (older, newer) = ("additional_special_tokens", "extra_special_tokens")
    func tokens(_ name: String) throws -> [NamedToken] {
      try (settings.tokens(name, in: .configuration) ?? [])
        + (settings.tokens(name, in: .specialTokens) ?? [])
    }
    let byName = try settings.tokensByName(newer)
    let list = try tokens(newer)
    switch version {
    case .four:
      special =
        try settings.texts(older, in: .configuration) + settings.texts(older, in: .specialTokens)
      let additional =
        settings.has(older) ? try tokens(older) : kind.additionalTokens.map { .plain($0) }
      named = [additional] + (byName ?? list).map { [$0] }
    case .five:
      named = try (settings.otherTokens() + (byName ?? [])).map { [$0] }
      let additional = try settings.tokens(older, in: .configuration) ?? []
      let isReplaced =
        list.isEmpty && (byName ?? []).isEmpty && settings.has(older, in: .configuration)
      special =
        isReplaced
        ? try settings.texts(older, in: .configuration)
        : try settings.texts(newer, in: .configuration) + settings.texts(newer, in: .specialTokens)
      if isReplaced {
        extra = additional
      } else if settings.has(newer), byName == nil {
        extra = list
      } else {
        extra = try marked ?? settings.tokens(older, in: .specialTokens) ?? additional
      }
    }
  }
}
