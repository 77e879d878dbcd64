// SentencePiece models of the BPE type: `tokenizer.model` of Llama, Mistral, Phi-3 and Gemma.

extension LegacyTokenizer {
  func bytePairs(_ model: SentencePieceModel) throws -> HuggingFaceTokenizer {
    guard model.algorithm == .bytePairs else {
      throw TokenizerFileError.unsupported(
        path: "trainer_spec.model_type", what: "UNIGRAM for \(kind.rawValue)")
    }
    return kind == .unchanged ? try asItIs(model) : try asItsClass(model)
  }

  /// transformers' `LlamaTokenizer` and `GemmaTokenizer`, which use only the pieces of the model.
  private func asItsClass(_ model: SentencePieceModel) throws -> HuggingFaceTokenizer {
    var defaults = kind.defaultTokens
    if kind == .gemma { defaults[.mask] = "<mask>" }
    let specials = try specials(marked: marked(model), defaults: defaults)
    let vocabulary = try vocabulary(model.pieces.map(\.text))
    var options = BytePairs.Options(fusesUnknown: true, byteIDs: vocabulary.byteIDs)
    // A duplicate piece counts at its last position.
    let pieces = vocabulary.tokens.indices.filter {
      vocabulary.id(of: vocabulary.tokens[$0]) == $0
    }
    let merges = try merges(of: pieces, among: vocabulary.table, vocabulary)
    if kind == .gemma {
      options.unknown = vocabulary.id(of: specials.required(.unknown))
      return try tokenizer(
        specials,
        normalizer: Replace(
          pattern: try RegexPattern(literal: " "), content: [SentencePieceText.spaceSymbol]),
        // Would split at spaces, but the normalizer has replaced all of them.
        preTokenizer: nil,
        model: BytePairs(vocabulary: vocabulary, merges: merges, options: options))
    }
    let isLegacy = try settings.flag("legacy") ?? false
    let addsPrefix = try settings.flag("add_prefix_space") ?? true
    return try tokenizer(
      specials, normalizer: nil,
      preTokenizer: Metaspace(
        replacement: SentencePieceText.spaceSymbol,
        prependScheme: addsPrefix ? isLegacy ? .always : .first : .never, splits: false),
      model: BytePairs(vocabulary: vocabulary, merges: merges, options: options))
  }

  /// transformers' fallback if it has no class for the model: the model's own settings apply.
  private func asItIs(_ model: SentencePieceModel) throws -> HuggingFaceTokenizer {
    let listed = try settings.listedTokens() ?? []
    let pieces = renamed(model.pieces, listed)
    let symbols = pieces.indices.filter { pieces[$0].kind == .userDefined }
    var defaults: [SpecialTokenPart: String] = [.unknown: model.unknown]
    defaults[.begin] = model.begin
    defaults[.end] = model.end
    let specials = try specials(
      marked: marked(model, among: [.control]), defaults: defaults)
    let vocabulary = try vocabulary(pieces.map(\.text))
    // By descending score, then by position.
    let order = pieces.indices.filter { pieces[$0].kind == .normal }
      .sorted { (-pieces[$0].score, $0) < (-pieces[$1].score, $1) }
    let merges = try merges(
      of: order, among: TokenTable(order.map { (token: pieces[$0].text, id: $0) }), vocabulary)
    let isLegacy = try settings.flag("legacy") ?? true
    return try tokenizer(
      specials, normalizer: normalizer(model, isLegacy: isLegacy),
      preTokenizer: preTokenizer(
        model, isLegacy: isLegacy, symbols: symbols.map { pieces[$0].text }),
      model: BytePairs(
        vocabulary: vocabulary, merges: merges,
        options: .init(
          unknown: vocabulary.id(of: model.unknown), fusesUnknown: true,
          byteIDs: model.fallsBackToBytes ? vocabulary.byteIDs : nil,
          ignoresMerges: !symbols.isEmpty)),
      added: added(specials, listed, model))
  }

  private func vocabulary(_ pieces: [String]) throws -> Vocabulary {
    try Vocabulary(pieces.enumerated().lazy.map { (token: $1, id: $0) }, path: "pieces")
  }

  /// Gives pieces the names that the settings assign to their ids, unless another piece has that
  /// name.
  private func renamed(
    _ pieces: [SentencePieceModel.Piece], _ listed: [AddedToken]
  ) -> [SentencePieceModel.Piece] {
    let names = Dictionary(listed.map { ($0.id, $0.content) }) { $1 }
    let kept = Set(
      pieces.indices.filter { names[$0] == nil }.map { pieces[$0].text.scalarValues })
    var pieces = pieces
    for (id, name) in names where pieces.indices.contains(id) && !kept.contains(name.scalarValues) {
      pieces[id].text = name
    }
    return pieces
  }

  /// All ways to merge two pieces into a third, ordered by the merged piece, then by the length of
  /// its left part.
  private func merges(
    of pieces: [Int], among parts: TokenTable, _ vocabulary: Vocabulary
  ) throws -> MergeTable {
    var found: [(left: Int, right: Int, id: Int)] = []
    for id in pieces {
      let scalars = vocabulary.tokens[id].scalarValues
      guard scalars.count <= Self.longestPiece else {
        throw TokenizerFileError.tooLarge(
          path: "pieces", what: "characters in a piece", count: scalars.count,
          limit: Self.longestPiece)
      }
      for place in scalars.indices.dropFirst() {
        guard let left = parts.id(of: scalars[..<place]),
          let right = parts.id(of: scalars[place...])
        else { continue }
        found.append((left, right, id))
      }
      guard found.count <= MergeTable.limit else {
        throw TokenizerFileError.tooLarge(
          path: "pieces", what: "merges", count: found.count, limit: MergeTable.limit)
      }
    }
    var table = MergeTable(minimumCapacity: found.count)
    for (rank, merge) in found.enumerated() {
      table.add(
        Int32(truncatingIfNeeded: merge.left), Int32(truncatingIfNeeded: merge.right),
        .init(
          rank: Int32(truncatingIfNeeded: rank), id: Int32(truncatingIfNeeded: merge.id)))
    }
    return table
  }

  /// The merges of a piece take time quadratic in its length. SentencePiece makes no pieces of more
  /// than 16 characters by default.
  private static let longestPiece = 256

  private func normalizer(
    _ model: SentencePieceModel, isLegacy: Bool
  ) throws -> any Normalizer {
    let symbol = SentencePieceText.spaceSymbol
    var parts: [any Normalizer] = model.characterMap.map { [Precompiled($0)] } ?? []
    if model.removesExtraSpaces {
      parts += [
        Replace(pattern: try RegexPattern(#"\A +| +\z"#), content: []),
        Replace(pattern: try RegexPattern(" {2,}"), content: [0x20]),
      ]
    }
    if model.escapesSpaces {
      parts.append(Replace(pattern: try RegexPattern(literal: " "), content: [symbol]))
    }
    if model.addsDummyPrefix, isLegacy {
      // A space is also added before a text that starts with one.
      parts.append(Replace(pattern: try RegexPattern(#"\A▁"#), content: [symbol, symbol]))
    }
    return NormalizerSequence(parts)
  }

  private func preTokenizer(
    _ model: SentencePieceModel, isLegacy: Bool, symbols: [String]
  ) throws -> (any PreTokenizer)? {
    var parts: [any PreTokenizer] = []
    if model.addsDummyPrefix {
      parts.append(
        Metaspace(
          replacement: SentencePieceText.spaceSymbol, prependScheme: isLegacy ? .always : .first,
          splits: false))
    }
    if !symbols.isEmpty { parts.append(SymbolSplit(symbols)) }
    return parts.isEmpty ? nil : PreTokenizerSequence(parts)
  }

  /// If the model adds a space before a text, added tokens are searched for in the raw text, so
  /// that the text after each of them gets a space of its own.
  private func added(
    _ specials: SpecialTokens, _ listed: [AddedToken], _ model: SentencePieceModel
  ) -> [AddedToken] {
    let additions = specials.additions(to: [])
    guard model.addsDummyPrefix else { return additions }
    let names = Set(listed.map(\.content.scalarValues))
    return additions.map { token in
      guard names.contains(token.content.scalarValues) else { return token }
      var token = token
      token.normalized = false
      return token
    }
  }
}
