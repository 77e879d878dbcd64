internal import Tokenizers

extension Model {
  /// Whether the model's texts are SMILES strings, judged by its vocabulary alone.
  ///
  /// A vocabulary is one of SMILES if
  ///
  /// - it can write a molecule: some token contains `C` or `c`, some an opening and some a closing
  ///   parenthesis, some `=` and some the digit `1`; and
  /// - of the tokens of two or more scalars, at least three in four could occur in a SMILES string:
  ///   they consist of the letters of organic elements and their aromatic forms, of digits, and of
  ///   the signs for bonds, branches, rings, charges and brackets, or are whole bracket atoms
  ///   (`[Na+]`, `[C@@H]`). If there are fewer than five such tokens, the same is required of
  ///   single characters.
  ///
  /// Special tokens (`<s>`, `[CLS]`, `xxbos`) and word marks (`##`, `Ġ`, `▁`) are ignored. Only
  /// three in a hundred words of a language consist of these few letters; byte-level alphabets
  /// consist of single characters. SELFIES (`[=C]`, `[Ring1]`) has no parentheses. Examines at most
  /// 20,000 tokens; false for an external program, whose vocabulary is unknown.
  public var readsSMILES: Bool { SMILESVocabulary(tokenizer.vocabulary).isOne }
}

/// Counts the tokens of a vocabulary that may occur in a SMILES string.
struct SMILESVocabulary {
  private(set) var isOne = false

  init(_ vocabulary: [String]) {
    var missing = ["cC", "(", ")", "=", "1"].map(Set.init)
    var (long, fitting, single, fittingSingle) = (0, 0, 0, 0)
    for token in vocabulary.prefix(20_000) {
      guard let text = Self.ownText(of: token) else { continue }
      missing.removeAll { !$0.isDisjoint(with: text) }
      let fits =
        Self.isOneBracket(text)
        ? Self.isBracketAtom(text) : text.unicodeScalars.allSatisfy(Self.alphabet.contains)
      if text.unicodeScalars.count > 1 {
        long += 1
        fitting += fits ? 1 : 0
      } else {
        single += 1
        fittingSingle += fits || Self.inBrackets.contains(text) ? 1 : 0
      }
    }
    guard missing.isEmpty else { return }
    isOne = long < 5 ? 4 * fittingSingle >= 3 * single : 4 * fitting >= 3 * long
  }

  private static let alphabet = Set("BCNOPSFIHbcnopslr0123456789()[]=#-+\\/.~*:$@%".unicodeScalars)
  /// Letters of elements that occur only in brackets, for vocabularies of single characters.
  private static let inBrackets: Set = [
    "l", "r", "a", "i", "e", "H", "[", "]", "K", "L", "M", "g", "Z",
  ]

  /// nil for special tokens.
  private static func ownText(of token: String) -> String? {
    var text = Substring(token)
    for mark in ["##", "Ġ", "▁"] where text.hasPrefix(mark) && text.count > mark.count {
      text = text.dropFirst(mark.count)
    }
    let isMark =
      text.isEmpty || text.hasPrefix("xx") || text.hasPrefix("<") && text.hasSuffix(">")
      || ["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]", "[BOS]", "[EOS]"].contains(text)
      || text.hasPrefix("[unused")
    return isMark ? nil : String(text)
  }

  /// Also true for `[=C]` of SELFIES.
  private static func isOneBracket(_ text: String) -> Bool {
    text.hasPrefix("[") && text.hasSuffix("]") && !text.dropLast().contains("]")
  }

  /// `[13CH3-]`, `[nH]`, `[Na+]`: isotope, element, chirality, hydrogens, charge, class.
  private static func isBracketAtom(_ text: String) -> Bool {
    let element = #/[A-Z][a-z]?|se|as|te|[bcnops]|\*/#
    let rest = #/(?:@[@A-Z0-9]{0,4})?(?:H\d?)?(?:[+\-]+|[+\-]\d{1,2})?(?::\d+)?/#
    let inner = text.dropFirst().dropLast().drop { $0.isNumber }
    guard let symbol = inner.prefixMatch(of: element) else { return false }
    // The element of `Hg` is both letters, that of `[CH4]` the first.
    return inner[symbol.range.upperBound...].wholeMatch(of: rest) != nil
  }
}
