/// The splitting under which most tokens of a vocabulary stay whole.
///
/// A tokenizer's tokens are what it leaves whole: split by itself, a token gives itself. That alone
/// would choose white space for any vocabulary, so of splittings that fit about equally well the one
/// that cuts smallest is taken: characters before SMILES, that before words, words before white space.
public struct SplittingGuess: Sendable, Hashable {
  public var splitting: Splitting
  /// How many tokens stay whole, and of how many that were looked at.
  public var whole: Int
  public var tokens: Int

  /// So many more tokens in a hundred have to stay whole for a coarser splitting to be taken.
  private static let margin = 3

  /// - Parameters:
  ///   - patterns: regular expressions that may be the tokenizer's own; one that fits as well as what
  ///     has a name is taken before it.
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
      // Both leave a bracket, Br and Cl whole; the field's usual one is the better guess.
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

  /// Without fastai's own tokens and those that frame a text or stand for something else.
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

  /// With the tokens that begin and end a text where none are named and the vocabulary has such:
  /// fastai puts none but its own into a vocabulary, so that these come from the tokenizer. Its own
  /// `xxbos` tells the same where its fellows are not there.
  public func framed(for vocabulary: [String]) -> Splitting {
    guard before.isEmpty, after.isEmpty else { return self }
    var framed = self
    let begin = vocabulary.first { Self.beginnings.contains($0) }
    let isOwn = vocabulary.contains("xxbos") && !vocabulary.contains("xxfld")
    framed.before = [begin ?? (isOwn ? "xxbos" : nil)].compactMap(\.self)
    framed.after = [vocabulary.first { Self.endings.contains($0) }].compactMap(\.self)
    // Behind a regular expression nothing can stand.
    if case .regex = method { framed.after = [] }
    return framed
  }
}

extension TextSplitter {
  /// Whether a token, split, gives itself.
  fileprivate func leavesWhole(_ token: String) -> Bool {
    // The pattern matches none of these alone; it is the splitter that shows what it leaves out.
    if splitting.method == .smiles, ["%", "[", "]"].contains(token) { return false }
    let text = MappedText(typed: token)
    return tokens(of: text) == [0..<text.count]
  }
}
