public import Tokenizers

/// A range of the text in one colour: a word with the special tokens that belong to it, or a
/// special token that is shown separately.
public struct HeatUnit: Sendable, Equatable {
  /// UTF-8 offsets into the explained text, end exclusive.
  public var utf8Range: Range<Int>
  /// The sum over its pieces.
  public var score: Float
  /// The indices of its pieces in the encoding.
  public var pieces: [Int]
  /// Whether the user has disabled it: then it has no pieces, because the model does not read it.
  public var isOff: Bool { pieces.isEmpty }
  /// The text of the special token if the unit is shown as a mark; nil if the unit is part of the
  /// text.
  public var mark: String?
  /// Whether the scores of its pieces have different signs.
  public var isMixed: Bool

  public init(
    utf8Range: Range<Int>, score: Float, pieces: [Int], mark: String? = nil, isMixed: Bool = false
  ) {
    self.utf8Range = utf8Range
    self.score = score
    self.pieces = pieces
    self.mark = mark
    self.isMixed = isMixed
  }
}

/// The scores of pieces, grouped into coloured units of the text.
public struct HeatMap: Sendable, Equatable {
  /// In the order of the text; a mark precedes the word that it belongs to.
  public var units: [HeatUnit]
  /// The sum over pieces that are not shown: the special tokens that enclose the text, unless they
  /// are shown as marks.
  public var unallocated: Float
  /// The sum over all pieces.
  public var total: Float
  /// The largest absolute score of a unit.
  public private(set) var largest: Float = 0
  /// Units in descending order of absolute score; equal ones in the order of the text.
  public private(set) var ranking: [Int] = []

  /// - Parameters:
  ///   - showsSpecials: whether special tokens are shown as marks; otherwise each is added to the
  ///     word that it belongs to, and those that enclose the text are hidden.
  ///   - off: words of the text that are not read.
  public init(
    pieces: [Piece], scores: [Float], showsSpecials: Bool = false, off: [Range<Int>] = []
  ) {
    units = off.map { HeatUnit(utf8Range: $0, score: 0, pieces: []) }
    unallocated = 0
    total = 0
    var unitOfWord: [Int: Int] = [:]
    for (index, (piece, raw)) in zip(pieces, scores).enumerated() {
      let score = raw.isFinite ? raw : 0
      total += score
      if piece.isSpecial && showsSpecials {
        units.append(
          HeatUnit(
            utf8Range: piece.utf8Range, score: score, pieces: [index], mark: piece.text))
      } else if let word = piece.word {
        add(piece, at: index, score, to: &unitOfWord[word])
      } else if piece.utf8Range.isEmpty {
        unallocated += score
      } else {
        var alone: Int?
        add(piece, at: index, score, to: &alone)
      }
    }
    finish(pieces, scores)
  }

  private mutating func add(_ piece: Piece, at index: Int, _ score: Float, to unit: inout Int?) {
    if let unit {
      let range = units[unit].utf8Range
      units[unit].utf8Range =
        min(
          range.lowerBound, piece.utf8Range.lowerBound)..<max(
          range.upperBound, piece.utf8Range.upperBound)
      units[unit].score += score
      units[unit].pieces.append(index)
    } else {
      unit = units.count
      units.append(HeatUnit(utf8Range: piece.utf8Range, score: score, pieces: [index]))
    }
  }

  /// A backwards model reads from the end, but the text is shown in its own order.
  private mutating func finish(_ pieces: [Piece], _ scores: [Float]) {
    for unit in units.indices where units[unit].pieces.count > 1 {
      let signs = units[unit].pieces.compactMap { piece -> Bool? in
        pieces[piece].isSpecial || scores[piece] == 0 || scores[piece].isNaN
          ? nil : scores[piece] > 0
      }
      units[unit].isMixed = signs.contains(true) && signs.contains(false)
    }
    let order = units.enumerated().sorted { a, b in
      let (left, right) = (a.element.utf8Range, b.element.utf8Range)
      if left.lowerBound != right.lowerBound { return left.lowerBound < right.lowerBound }
      if (a.element.mark == nil) != (b.element.mark == nil) { return a.element.mark != nil }
      return a.offset < b.offset
    }
    regroup(as: order.map(\.element))
  }

  /// The same scores for other units.
  package mutating func regroup(as units: [HeatUnit]) {
    self.units = units
    let magnitudes = units.map { abs($0.score) }
    largest = magnitudes.max() ?? 0
    ranking = units.indices.sorted { a, b in
      magnitudes[a] == magnitudes[b] ? a < b : magnitudes[a] > magnitudes[b]
    }
  }
}

extension HeatMap {
  /// The unit at an offset of the text, or the one that ends there; marks are ignored.
  public func unit(atUTF8Offset offset: Int) -> Int? {
    var ending: Int?
    for (index, unit) in units.enumerated() where unit.mark == nil {
      if unit.utf8Range.contains(offset) { return index }
      if unit.utf8Range.upperBound == offset { ending = index }
      if unit.utf8Range.lowerBound > offset { break }
    }
    return ending
  }
}
