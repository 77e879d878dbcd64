internal import Tokenizers

/// The words of a vocabulary as they are typed, without the marks of word pieces.
struct WordForms {
  /// `(id, text)` of every token that is a whole word of letters and digits.
  let words: [(id: Int, text: String)]

  init(_ tokenizer: any Tokenizer) {
    let vocabulary = tokenizer.vocabulary
    let roles = tokenizer.roles
    let special = Set([roles.unknown, roles.padding, roles.mask].compactMap(\.self))
    let mark = Self.mark(of: vocabulary)
    words = vocabulary.indices.compactMap { id in
      guard !special.contains(id), let text = mark.bare(vocabulary[id]), Self.isWord(text) else {
        return nil
      }
      return (id, text)
    }
  }

  /// How a vocabulary distinguishes the start of a word from a piece inside it.
  private enum Mark {
    case before(String)
    case behind(String)
    case withinOnly

    /// nil for a piece that is not a whole word.
    func bare(_ token: String) -> String? {
      switch self {
      case .before(let mark):
        token.hasPrefix(mark) ? String(token.dropFirst(mark.count)) : nil
      case .behind(let mark):
        token.hasSuffix(mark) ? String(token.dropLast(mark.count)) : nil
      case .withinOnly: token.hasPrefix("##") ? nil : token
      }
    }
  }

  private static func mark(of vocabulary: [String]) -> Mark {
    // A twentieth: a mark that belongs to the scheme is on a large share of all tokens.
    let most = vocabulary.count / 20
    for mark in ["Ġ", "▁"] where vocabulary.count(where: { $0.hasPrefix(mark) }) > most {
      return .before(mark)
    }
    if vocabulary.count(where: { $0.hasSuffix("</w>") }) > most { return .behind("</w>") }
    return .withinOnly
  }

  /// Whether a text is letters and digits, and not a disguised special token (`xxmaj`).
  static func isWord(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix("xx")
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
  }

  /// The text in the case of the word that it replaces.
  static func inCase(of word: String, _ text: String) -> String {
    guard text == text.lowercased(), let first = word.first, first.isUppercase else { return text }
    if word.count > 1, word == word.uppercased() { return text.uppercased() }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
