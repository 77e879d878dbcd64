internal import Tokenizers

extension Model {
  /// The model's texts are molecules as SMILES strings, by its vocabulary alone.
  ///
  /// A vocabulary is one of SMILES if
  ///
  /// - it can write a molecule: some token holds `C` or `c`, some an opening and some a closing
  ///   parenthesis, some `=` and some the digit `1`; and
  /// - of the tokens of two and more scalars, three in four at least could stand in a SMILES string:
  ///   they are made of the letters of organic elements and their aromatic forms, of digits, and of the
  ///   signs for bonds, branches, rings, charges and brackets, or are whole bracket atoms (`[Na+]`,
  ///   `[C@@H]`). Where fewer than five tokens are so long, the same is asked of single characters.
  ///
  /// Tokens that stand for no text (`<s>`, `[CLS]`, `xxbos`) and marks of words (`##`, `Ġ`, `▁`) don't
  /// count. Words of a language are made of these few letters in three of a hundred cases; the alphabet
  /// of bytes that some vocabularies have is of single characters. SELFIES (`[=C]`, `[Ring1]`) has no
  /// parentheses. Costs a look at 20,000 tokens at most; false for a program of the user's own, whose
  /// vocabulary nobody knows.
  public var readsSMILES: Bool { SMILESVocabulary(tokenizer.vocabulary).isOne }
}

/// Counts the tokens of a vocabulary that a SMILES string may have.
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
  /// The letters of elements that stand in brackets only, where each character is a token.
  private static let inBrackets: Set = [
    "l", "r", "a", "i", "e", "H", "[", "]", "K", "L", "M", "g", "Z",
  ]

  /// nil for tokens that stand for no text.
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

  /// `[=C]` of SELFIES is one too.
  private static func isOneBracket(_ text: String) -> Bool {
    text.hasPrefix("[") && text.hasSuffix("]") && !text.dropLast().contains("]")
  }

  /// `[13CH3-]`, `[nH]`, `[Na+]`: isotope, element, chirality, hydrogens, charge, class.
  private static func isBracketAtom(_ text: String) -> Bool {
    let element = #/[A-Z][a-z]?|se|as|te|[bcnops]|\*/#
    let rest = #/(?:@[@A-Z0-9]{0,4})?(?:H\d?)?(?:[+\-]+|[+\-]\d{1,2})?(?::\d+)?/#
    let inner = text.dropFirst().dropLast().drop { $0.isNumber }
    guard let symbol = inner.prefixMatch(of: element) else { return false }
    // Of `Hg` the element is both letters, of `[CH4]` the first.
    return inner[symbol.range.upperBound...].wholeMatch(of: rest) != nil
  }
}
