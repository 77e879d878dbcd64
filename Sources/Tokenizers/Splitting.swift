/// How a tokenizer of somebody's own splits a text, by a name that its owner gives: `smiles`,
/// `regex:[a-z]+`. What it puts before and after the tokens may stand beside the name:
/// `[BOS] smiles [EOS]`. Behind a regular expression nothing can stand, as it may contain spaces.
public struct Splitting: Sendable, Hashable {
  public enum Method: Sendable, Hashable {
    /// `\[[^\]]+\]|Br|Cl|%\d\d|@@|[BCNOPSFIbcnops]|[0-9]|[()=#\-+\\/.~*:$@]` (after Schwaller et al.
    /// 2019, doi:10.1021/acscentsci.9b00576). White space stands for nothing; any other scalar that the
    /// pattern leaves out is a token, so that it is seen that the model can't read it.
    case smiles
    /// A bracket atom, `Br` and `Cl` are a token, and any other scalar is one: MolPMoFiT's MolTokenizer
    /// (Li and Fourches 2020, doi:10.1186/s13321-020-00430-x).
    case smilesCharacters
    /// Each scalar is a token, a space too: Python's `list(text)`.
    case characters
    /// What stands between white space: Python's `text.split()`.
    case spaces
    /// Words and punctuation marks as Unicode's rules find them, see `UnicodeWords`.
    case words
    /// The matches of a regular expression, as Python's `re.findall` gives them: what it leaves out is
    /// not read.
    case regex(String)
  }

  public var method: Method
  /// Tokens in front of those of the text, and behind them.
  public var before: [String]
  public var after: [String]

  public init(_ method: Method, before: [String] = [], after: [String] = []) {
    self.method = method
    self.before = before
    self.after = after
  }

  /// The names as a user gives them; of the last, the pattern follows.
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

  /// What `init(_:)` reads.
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

/// Why a name says nothing of how texts are split.
public enum SplittingError: Error, Sendable, Hashable {
  case unknown(name: String)
  /// A regular expression that can't be read.
  case pattern(String, RegexError)
}
