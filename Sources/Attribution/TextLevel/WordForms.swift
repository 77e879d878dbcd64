internal import Tokenizers

/// The words of a vocabulary as one would type them, without the marks that word pieces carry.
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

  /// How a vocabulary tells the beginning of a word from a piece within one.
  private enum Mark {
    case before(String)
    case behind(String)
    case withinOnly

    /// nil for a piece that is no whole word.
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
    // a twentieth: a mark that is part of the scheme is on a great share of all tokens
    let most = vocabulary.count / 20
    for mark in ["Ġ", "▁"] where vocabulary.count(where: { $0.hasPrefix(mark) }) > most {
      return .before(mark)
    }
    if vocabulary.count(where: { $0.hasSuffix("</w>") }) > most { return .behind("</w>") }
    return .withinOnly
  }

  /// Letters and digits, and no special token in disguise (`xxmaj`).
  static func isWord(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix("xx")
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
  }

  /// In the case of the word that it stands for.
  static func inCase(of word: String, _ text: String) -> String {
    guard text == text.lowercased(), let first = word.first, first.isUppercase else { return text }
    if word.count > 1, word == word.uppercased() { return text.uppercased() }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
