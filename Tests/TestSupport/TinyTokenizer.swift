public import Tokenizers

/// Splits at spaces; a word's id is its length. `unk` is 0, `pad` 1, the frame token `bos` 2, and
/// `cap` 3 stands before a word that starts with a capital, as fastai's `xxmaj` does.
public struct TinyTokenizer: Tokenizer {
  public var vocabulary: [String]
  public var roles: TokenRoles

  public init(roles: TokenRoles = TokenRoles(unknown: 0, padding: 1)) {
    vocabulary = ["unk", "pad", "bos", "cap"] + (1...16).map { "\($0)" }
    self.roles = roles
  }

  /// The second text follows the first, its `bos` between them.
  public func encode(_ text: String, pair: String?) -> Encoding {
    let first = encoding(of: text)
    return pair.map { first.followed(by: encoding(of: $0)) } ?? first
  }

  private func encoding(of text: String) -> Encoding {
    var pieces = [Piece(text: "bos", id: 2, utf8Range: 0..<0, isSpecial: true, isFrame: true)]
    var word = 0
    for part in text.utf8.split(separator: UInt8(ascii: " ")) {
      let start = text.utf8.distance(from: text.utf8.startIndex, to: part.startIndex)
      let range = start..<start + part.count
      let name = String(decoding: part, as: UTF8.self)
      if name.first?.isUppercase == true {
        pieces.append(Piece(text: "cap", id: 3, utf8Range: range, isSpecial: true, word: word))
      }
      pieces.append(
        Piece(text: name, id: 3 + min(part.count, 16), utf8Range: range, word: word))
      word += 1
    }
    return Encoding(text: text, pieces: pieces)
  }

  public func encode(words: [String]) -> Encoding {
    var encoding = encode(words.joined(separator: " "))
    encoding.pieces.removeAll(where: \.isSpecial)
    return encoding
  }
}

extension String {
  /// The text as the tiny tokenizer reads it.
  public var tiny: Encoding { TinyTokenizer().encode(self) }
}
