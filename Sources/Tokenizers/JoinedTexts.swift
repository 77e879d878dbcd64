/// One text, or a pair laid out as one: the second text follows the first after a line break.
///
/// A piece of a pair has offsets into its own text. Where a single number has to name a place in
/// either text, it is an offset into this layout.
public struct JoinedTexts: Sendable, Hashable {
  public var text: String
  /// The second text; nil if there is only one.
  public var pair: String?

  public init(text: String, pair: String? = nil) {
    self.text = text
    self.pair = pair
  }

  /// Stands between the texts, so that the end of the first and the start of the second differ.
  static let separator = "\n"

  /// The layout as one string.
  public var joined: String { pair.map { text + Self.separator + $0 } ?? text }

  /// Whether both are the same byte for byte. Equal strings need not be.
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

  /// The range of one text in the layout.
  public func joinedRange(_ range: Range<Int>, in part: Int) -> Range<Int> {
    let start = start(of: part)
    return range.lowerBound + start..<range.upperBound + start
  }

  /// The part of each text that a range of the layout covers; nil for a missing second text.
  public func parts(of joined: Range<Int>) -> (first: Range<Int>, second: Range<Int>?) {
    guard let pair else { return (joined, nil) }
    let start = start(of: 1)
    let second = joined.clamped(to: start..<start + pair.utf8.count)
    return (
      joined.clamped(to: 0..<text.utf8.count),
      second.lowerBound - start..<second.upperBound - start
    )
  }

  /// The offsets of a range of the layout in the text where it begins, cut off at that text's end.
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

  /// The range of a piece in the layout of both texts.
  public func joinedRange(of piece: Piece) -> Range<Int> {
    piece.part == 0
      ? piece.utf8Range : joinedTexts.joinedRange(piece.utf8Range, in: piece.part)
  }

  /// The encoding of a pair: the second text's pieces follow with token type 1. For tokenizers that
  /// put nothing else between two texts.
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

  /// The same pieces as an encoding of one text, the layout of both; itself if there is no second
  /// text.
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
