/// One token as the model reads it, and its place in the typed text.
public struct Piece: Sendable, Hashable {
  /// The token's own text: `not`, `xxmaj`, `##ing`. An unknown word keeps its text; `id` is that of
  /// the unknown token.
  public var text: String
  public var id: Int
  /// The token type (`token_type_ids`); 0 in model families that have none.
  public var type: Int
  /// UTF-8 offsets into the typed text of its part, end exclusive. A special token that belongs to
  /// a word (`xxmaj`) covers that word; one that frames the text covers nothing (`start == end`).
  public var utf8Range: Range<Int>
  /// The text of a pair that it belongs to: 0 for the first, 1 for the second. A frame token
  /// belongs to the text before it.
  public var part: Int
  /// Not part of the text itself: frame tokens, and `xxmaj`, `xxup`, `xxrep` ….
  public var isSpecial: Bool
  /// Put around every text by the tokenizer: `xxbos`, `[CLS]`, `</s>`.
  public var isFrame: Bool
  /// The word that this piece is part of; nil for frame tokens. Words are counted from 0 in the
  /// order of the text, and on through the second text of a pair. A word's score is the sum over
  /// its pieces.
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

/// A text or a pair of texts, and the pieces that a tokenizer split it into, in the order in which
/// the model reads them.
public struct Encoding: Sendable, Hashable {
  public var text: String
  /// The second text; nil if the model reads one.
  public var pair: String?
  public var pieces: [Piece]
  /// nil if the model reads all of the text.
  public var truncation: Truncation?

  public init(
    text: String, pair: String? = nil, pieces: [Piece], truncation: Truncation? = nil
  ) {
    self.text = text
    self.pair = pair
    self.pieces = pieces
    self.truncation = truncation
  }

  /// The text, or both texts of a pair, indexed by `Piece.part`.
  public var texts: [String] { [text] + (pair.map { [$0] } ?? []) }

  /// The text of a part; empty if there is none.
  public func text(of part: Int) -> String { part == 0 ? text : part == 1 ? pair ?? "" : "" }

  /// The range of a text, in UTF-8 offsets, that was cut off because the text is too long; nil if
  /// the model read all of it.
  public func unseen(in part: Int) -> Range<Int>? {
    truncation.flatMap { $0.rest == .unread ? $0.rest(in: part) : nil }
  }

  public var ids: [Int] { pieces.map(\.id) }

  /// The model's input.
  public var tokens: [Token] { pieces.map { Token(id: $0.id, type: $0.type, part: $0.part) } }
}
