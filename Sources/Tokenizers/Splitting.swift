/// How a custom tokenizer splits a text, by a name that the user gives: `smiles`, `regex:[a-z]+`.
/// Tokens that it puts before and after the text may be written around the name:
/// `[BOS] smiles [EOS]`. Nothing can follow a regular expression, because it may contain spaces.
public struct Splitting: Sendable, Hashable {
  public enum Method: Sendable, Hashable {
    /// `\[[^\]]+\]|Br|Cl|%\d\d|@@|[BCNOPSFIbcnops]|[0-9]|[()=#\-+\\/.~*:$@]` (after Schwaller et
    /// al. 2019, doi:10.1021/acscentsci.9b00576). White space is skipped; any other scalar that the
    /// pattern does not match is a token of its own, to show that the model cannot read it.
    case smiles
    /// A bracket atom, `Br` and `Cl` are one token each, and so is every other scalar: MolPMoFiT's
    /// MolTokenizer (Li and Fourches 2020, doi:10.1186/s13321-020-00430-x).
    case smilesCharacters
    /// Each scalar is a token, including spaces: Python's `list(text)`.
    case characters
    /// Splits at white space: Python's `text.split()`.
    case spaces
    /// Words and punctuation marks by Unicode's rules; see `UnicodeWords`.
    case words
    /// The matches of a regular expression, as Python's `re.findall` returns them. Text between
    /// matches is dropped.
    case regex(String)
  }

  public var method: Method
  /// Tokens before and after those of the text.
  public var before: [String]
  public var after: [String]

  public init(_ method: Method, before: [String] = [], after: [String] = []) {
    self.method = method
    self.before = before
    self.after = after
  }

  /// The names that users write; the last one is followed by its pattern.
  public static let names = [
    "smiles", "smiles-characters", "characters", "spaces", "words", "regex:",
  ]

  /// - Throws: `SplittingError`.
  public init(_ name: String) throws {
    let words = name.split(separator: " ", omittingEmptySubsequences: true)
    guard
      let place = words.firstIndex(where: { word in
        word.hasPrefix("regex:") || Self.methods.contains { $0.name == word }
      })
    else { throw SplittingError.unknown(name: name) }
    before = words[..<place].map(String.init)
    if words[place].hasPrefix("regex:") {
      let pattern = String(name[words[place].startIndex...].dropFirst("regex:".count))
      method = .regex(pattern)
      after = []
      do {
        _ = try RegexPattern(pattern)
      } catch let error as RegexError {
        throw SplittingError.pattern(pattern, error)
      }
    } else {
      method = Self.methods.first { $0.name == words[place] }?.method ?? .spaces
      after = words[(place + 1)...].map(String.init)
    }
  }

  /// The inverse of `init(_:)`.
  public var name: String {
    (before + [Self.name(of: method)] + after).joined(separator: " ")
  }

  private static let methods: [(name: String, method: Method)] = [
    Method.smiles, .smilesCharacters, .characters, .spaces, .words,
  ].map { (name(of: $0), $0) }

  private static func name(of method: Method) -> String {
    switch method {
    case .smiles: "smiles"
    case .smilesCharacters: "smiles-characters"
    case .characters: "characters"
    case .spaces: "spaces"
    case .words: "words"
    case .regex(let pattern): "regex:\(pattern)"
    }
  }
}

/// Why a name does not describe a splitting.
public enum SplittingError: Error, Sendable, Hashable {
  case unknown(name: String)
  /// An invalid regular expression.
  case pattern(String, RegexError)
}
