/// One token as the model reads it, and where it stands in the text as typed.
public struct Piece: Sendable, Hashable {
  /// The token's own text: `not`, `xxmaj`, `##ing`. An unknown word keeps its text; its id tells.
  public var text: String
  public var id: Int
  /// The token type that the tokenizer gives it (`token_type_ids`).
  public var type: Int
  /// UTF-8 offsets into the text as typed, end exclusive. A special token that belongs to a word
  /// (`xxmaj`) covers that word; one that frames the text covers nothing (`start == end`).
  public var utf8Range: Range<Int>
  /// The token does not stand in the text itself: the frame, and `xxmaj`, `xxup`, `xxrep` ….
  public var isSpecial: Bool
  /// The tokenizer puts this token around any text: `xxbos`, `[CLS]`, `</s>`.
  public var isFrame: Bool
  /// The word that this piece is part of, counted from 0 in the order of the text, so that a word's
  /// score is the sum over its pieces; nil for frame tokens.
  public var word: Int?

  public init(
    text: String, id: Int, type: Int = 0, utf8Range: Range<Int>, isSpecial: Bool = false,
    isFrame: Bool = false, word: Int? = nil
  ) {
    self.text = text
    self.id = id
    self.type = type
    self.utf8Range = utf8Range
    self.isSpecial = isSpecial
    self.isFrame = isFrame
    self.word = word
  }
}

/// A text and the pieces that a tokenizer made of it, in the order in which the model reads them.
public struct Encoding: Sendable, Hashable {
  public var text: String
  public var pieces: [Piece]
  /// nil where the model takes in the whole text.
  public var truncation: Truncation?

  public init(text: String, pieces: [Piece], truncation: Truncation? = nil) {
    self.text = text
    self.pieces = pieces
    self.truncation = truncation
  }

  /// UTF-8 offsets of what the model never saw, as the text is longer than it takes; nil where it saw
  /// all of it.
  public var unseen: Range<Int>? {
    truncation.flatMap { $0.rest == .unread ? $0.utf8Range : nil }
  }

  public var ids: [Int] { pieces.map(\.id) }

  /// What the model reads.
  public var tokens: [Token] { pieces.map { Token(id: $0.id, type: $0.type) } }
}
