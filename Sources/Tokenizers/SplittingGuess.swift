/// The splitting that keeps most tokens of a vocabulary whole.
///
/// A tokenizer leaves its own tokens whole: a token that is split by itself gives itself. That
/// alone would choose white space for any vocabulary, so of splittings that fit about equally well
/// the finest is chosen: characters before SMILES, SMILES before words, words before white space.
public struct SplittingGuess: Sendable, Hashable {
  public var splitting: Splitting
  /// How many tokens stay whole, and how many were examined.
  public var whole: Int
  public var tokens: Int

  /// The number of additional whole tokens, in percent, that justifies a coarser splitting.
  private static let margin = 3

  /// - Parameters:
  ///   - patterns: regular expressions that may be the tokenizer's own. One that fits as well as a
  ///     named splitting is preferred to it.
  public init(for vocabulary: [String], patterns: [String] = []) {
    let tokens = Self.ownTokens(of: vocabulary)
    let own = patterns.compactMap { try? Splitting("regex:" + $0) }.map(\.method)
    let methods: [Splitting.Method] =
      own + [.characters, .smilesCharacters, .smiles, .words, .spaces]
    var best: (method: Splitting.Method, whole: Int)?
    for method in methods {
      guard let splitter = try? TextSplitter(Splitting(method), vocabulary: vocabulary) else {
        continue
      }
      let whole = tokens.count { splitter.leavesWhole($0) }
      // Both keep brackets, Br and Cl whole; the field's usual splitting is the better guess.
      let least = best.map { best in
        best.method == .smilesCharacters && method == .smiles
          ? best.whole : best.whole + tokens.count * Self.margin / 100 + 1
      }
      if whole >= least ?? 0 { best = (method, whole) }
    }
    self.tokens = tokens.count
    whole = best?.whole ?? 0
    splitting = Splitting(best?.method ?? .spaces).framed(for: vocabulary)
  }

  /// Without fastai's own tokens, frame tokens and placeholders.
  public static func ownTokens(of vocabulary: [String]) -> [String] {
    vocabulary.prefix(20_000).filter { token in
      !token.isEmpty && !FastaiWords.specialTokens.contains(token) && token != "xxfake"
        && !Splitting.beginnings.contains(token) && !Splitting.endings.contains(token)
        && !marks.contains(token)
    }
  }

  private static let marks: Set = [
    "[UNK]", "[PAD]", "[MASK]", "[SEP]", "<unk>", "<pad>", "<mask>", "<UNK>", "<PAD>",
  ]
}

extension Splitting {
  static let beginnings: Set = ["[BOS]", "[CLS]", "<bos>", "<BOS>", "<s>", "<sos>", "<start>"]
  static let endings: Set = ["[EOS]", "<eos>", "<EOS>", "</s>", "<end>"]

  /// Adds the tokens that begin and end a text, if none are named and the vocabulary has them:
  /// fastai adds only its own tokens to a vocabulary, so these come from the tokenizer. A custom
  /// `xxbos` without fastai's other tokens means the same.
  public func framed(for vocabulary: [String]) -> Splitting {
    guard before.isEmpty, after.isEmpty else { return self }
    var framed = self
    let begin = vocabulary.first { Self.beginnings.contains($0) }
    let isOwn = vocabulary.contains("xxbos") && !vocabulary.contains("xxfld")
    framed.before = [begin ?? (isOwn ? "xxbos" : nil)].compactMap(\.self)
    framed.after = [vocabulary.first { Self.endings.contains($0) }].compactMap(\.self)
    // Nothing can follow a regular expression.
    if case .regex = method { framed.after = [] }
    return framed
  }
}

extension TextSplitter {
  /// Whether a token, split by itself, gives itself.
  fileprivate func leavesWhole(_ token: String) -> Bool {
    // The pattern matches none of these alone; the splitter passes them through only to show them.
    if splitting.method == .smiles, ["%", "[", "]"].contains(token) { return false }
    let text = MappedText(typed: token)
    return tokens(of: text) == [0..<text.count]
  }
}
