/// One text, or a pair laid out as one: the second behind the first with a line break between them.
///
/// A piece of a pair knows its place in its own text. Where one number has to say a place in either,
/// it is the place in this layout.
public struct JoinedTexts: Sendable, Hashable {
  public var text: String
  /// The second text; nil where there is one only.
  public var pair: String?

  public init(text: String, pair: String? = nil) {
    self.text = text
    self.pair = pair
  }

  /// Between the two, so that the end of the first text and the start of the second are two places.
  static let separator = "\n"

  /// Both texts in the layout.
  public var joined: String { pair.map { text + Self.separator + $0 } ?? text }

  /// Whether both are the same byte by byte, as equal strings need not be.
  public func hasBytes(of other: JoinedTexts) -> Bool {
    guard text.utf8.elementsEqual(other.text.utf8) else { return false }
    guard let pair, let second = other.pair else { return self.pair == nil && other.pair == nil }
    return pair.utf8.elementsEqual(second.utf8)
  }

  /// Where a text begins in the layout.
  public func start(of part: Int) -> Int {
    part == 0 ? 0 : text.utf8.count + Self.separator.utf8.count
  }

  /// Where the last text ends in the layout.
  public var end: Int { pair.map { start(of: 1) + $0.utf8.count } ?? text.utf8.count }

  /// A stretch of one text, in the layout.
  public func joinedRange(_ range: Range<Int>, in part: Int) -> Range<Int> {
    let start = start(of: part)
    return range.lowerBound + start..<range.upperBound + start
  }

  /// What a stretch of the layout covers of each text; nil for a second one that is not there.
  public func parts(of joined: Range<Int>) -> (first: Range<Int>, second: Range<Int>?) {
    guard let pair else { return (joined, nil) }
    let start = start(of: 1)
    let second = joined.clamped(to: start..<start + pair.utf8.count)
    return (
      joined.clamped(to: 0..<text.utf8.count),
      second.lowerBound - start..<second.upperBound - start
    )
  }

  /// A stretch of the layout in its own text: in the one where it begins, as far as it lies there.
  public func place(of joined: Range<Int>) -> (part: Int, utf8Range: Range<Int>) {
    let start = start(of: 1)
    guard pair != nil else { return (0, joined) }
    if joined.lowerBound >= start {
      return (1, joined.lowerBound - start..<joined.upperBound - start)
    }
    return (0, joined.clamped(to: 0..<text.utf8.count))
  }
}

extension Encoding {
  public var joinedTexts: JoinedTexts { JoinedTexts(text: text, pair: pair) }

  /// Where a piece stands in the layout of both texts.
  public func joinedRange(of piece: Piece) -> Range<Int> {
    piece.part == 0
      ? piece.utf8Range : joinedTexts.joinedRange(piece.utf8Range, in: piece.part)
  }

  /// A pair of this text and another, whose pieces follow with the token type 1: for a tokenizer that
  /// puts nothing else between two texts.
  public func followed(by second: Encoding) -> Encoding {
    var result = self
    result.pair = second.text
    let words = (pieces.lazy.compactMap(\.word).max() ?? -1) + 1
    result.pieces += second.pieces.map { piece in
      var piece = piece
      (piece.part, piece.type) = (1, 1)
      piece.word = piece.word.map { $0 + words }
      return piece
    }
    return result
  }

  /// The same pieces of one text, the layout of both; itself where there is no second text.
  public var joined: Encoding {
    guard pair != nil else { return self }
    let texts = joinedTexts
    var result = self
    result.text = texts.joined
    result.pair = nil
    for index in pieces.indices where pieces[index].part == 1 {
      result.pieces[index].utf8Range = texts.joinedRange(pieces[index].utf8Range, in: 1)
      result.pieces[index].part = 0
    }
    return result
  }
}
