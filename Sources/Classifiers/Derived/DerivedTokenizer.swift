internal import Tensors
public import Tokenizers

/// A model's tokenizer for a derived classifier, which reads texts differently than the model
/// itself.
public struct DerivedTokenizer: Tokenizer {
  enum Reading: Sendable {
    /// One text; a second one is not read.
    case oneText
    /// One or two texts of any length; the shorter of two may be cut, because every window contains
    /// it.
    case windows(pairs: HuggingFaceTokenizer)
    /// Two texts, each by itself.
    case twoTexts
  }

  let base: HuggingFaceTokenizer
  let reading: Reading

  public func encode(_ text: String, pair: String?) -> Encoding {
    switch reading {
    case .oneText: base.encode(text, pair: nil)
    case .windows(let pairs):
      pair == nil ? base.encode(text, pair: nil) : pairs.encode(text, pair: pair)
    case .twoTexts: joined(base.encode(text, pair: nil), pair.map { base.encode($0, pair: nil) })
    }
  }

  public func trace(_ text: String, pair: String?) -> TokenizationTrace {
    if case .windows(let pairs) = reading {
      (pair == nil ? base : pairs).trace(text, pair: pair)
    } else {
      base.trace(text, pair: nil)
    }
  }

  public func encode(words: [String]) -> Encoding { base.encode(words: words) }

  public var readsPairs: Bool {
    if case .oneText = reading { false } else { true }
  }

  public var vocabulary: [String] { base.vocabulary }
  public var roles: TokenRoles { base.roles }

  /// Two encodings, concatenated.
  private func joined(_ first: Encoding, _ second: Encoding?) -> Encoding {
    var encoding = first
    guard let second else { return encoding }
    let words = (first.pieces.compactMap(\.word).max() ?? -1) + 1
    encoding.pair = second.text
    encoding.pieces += second.pieces.map { piece in
      var piece = piece
      piece.part = 1
      piece.word = piece.word.map { $0 + words }
      return piece
    }
    encoding.truncation = cut(first, second)
    return encoding
  }

  private func cut(_ first: Encoding, _ second: Encoding) -> Truncation? {
    guard let given = first.truncation ?? second.truncation else { return nil }
    func tokens(_ encoding: Encoding) -> Int {
      encoding.truncation?.tokens ?? encoding.pieces.count
    }
    let (end, pairEnd) = (first.text.utf8.count, second.text.utf8.count)
    return Truncation(
      tokens: tokens(first) + tokens(second), read: first.pieces.count + second.pieces.count,
      side: given.side, rest: given.rest,
      utf8Range: first.truncation?.utf8Range ?? end..<end,
      pairRange: second.truncation?.utf8Range ?? pairEnd..<pairEnd)
  }
}

extension Model {
  /// Whether a second text would be ignored, because the user's labels take its place.
  public var dropsSecondText: Bool {
    (tokenizer as? DerivedTokenizer).map { !$0.readsPairs } ?? false
  }
}
