/// One token as the model reads it, and where it stands in the text as typed.
public struct Piece: Sendable, Hashable {
  /// The token's own text: `not`, `xxmaj`, `##ing`. An unknown word keeps its text; its id tells.
  public var text: String
  public var id: Int
  /// The token type that the tokenizer gives it (`token_type_ids`): 0 where a family has no such.
  public var type: Int
  /// UTF-8 offsets into the text of its part as typed, end exclusive. A special token that belongs to
  /// a word (`xxmaj`) covers that word; one that frames the text covers nothing (`start == end`).
  public var utf8Range: Range<Int>
  /// Which text of a pair it stands in: 0 for the first, 1 for the second. A frame token belongs to
  /// the text before it.
  public var part: Int
  /// The token does not stand in the text itself: the frame, and `xxmaj`, `xxup`, `xxrep` ….
  public var isSpecial: Bool
  /// The tokenizer puts this token around any text: `xxbos`, `[CLS]`, `</s>`.
  public var isFrame: Bool
  /// The word that this piece is part of, counted from 0 in the order of the text, and on through the
  /// second text of a pair, so that a word's score is the sum over its pieces; nil for frame tokens.
  public var word: Int?

  public init(
    text: String, id: Int, type: Int = 0, utf8Range: Range<Int>, part: Int = 0,
    isSpecial: Bool = false, isFrame: Bool = false, word: Int? = nil
  ) {
    self.text = text
    self.id = id
    self.type = type
    self.utf8Range = utf8Range
    self.part = part
    self.isSpecial = isSpecial
    self.isFrame = isFrame
    self.word = word
  }
}

/// A text, or a pair of texts, and the pieces that a tokenizer made of it, in the order in which the
/// model reads them.
public struct Encoding: Sendable, Hashable {
  public var text: String
  /// The second text; nil where the model reads one.
  public var pair: String?
  public var pieces: [Piece]
  /// nil where the model takes in all of the text.
  public var truncation: Truncation?

  public init(
    text: String, pair: String? = nil, pieces: [Piece], truncation: Truncation? = nil
  ) {
    self.text = text
    self.pair = pair
    self.pieces = pieces
    self.truncation = truncation
  }

  /// One text, or both of a pair; `part` of a piece counts them.
  public var texts: [String] { [text] + (pair.map { [$0] } ?? []) }

  /// A text by its number; empty where there is none.
  public func text(of part: Int) -> String { part == 0 ? text : part == 1 ? pair ?? "" : "" }

  /// UTF-8 offsets of what the model never saw of a text, as it is longer than the model takes; nil
  /// where it saw all of it.
  public func unseen(in part: Int) -> Range<Int>? {
    truncation.flatMap { $0.rest == .unread ? $0.rest(in: part) : nil }
  }

  public var ids: [Int] { pieces.map(\.id) }

  /// What the model reads.
  public var tokens: [Token] { pieces.map { Token(id: $0.id, type: $0.type, part: $0.part) } }
}
