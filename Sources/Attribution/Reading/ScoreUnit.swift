public import Tokenizers

/// The unit by which the scores of pieces are summed.
public enum ScoreUnit: String, Sendable, CaseIterable {
  case token, word, sentence
}

/// A token, word or sentence with the sum of its pieces' scores.
public struct UnitScore: Sendable, Equatable {
  /// A token's own text; for a word or a sentence, the typed text.
  public var text: String
  /// UTF-8 offsets into the typed text of its part, end exclusive.
  public var utf8Range: Range<Int>
  /// The text of a pair that it belongs to, from 0.
  public var part: Int
  public var score: Float
  /// Under the assumption of independence: the root of the sum of squares.
  public var standardError: Float?
  /// The indices of its pieces, ascending.
  public var pieces: [Int]
  /// Whether it is a frame token, which belongs to no word or sentence and is a unit of its own.
  public var isFrame: Bool
}

extension TokenAttribution {
  /// The scores by token, word or sentence, in the order in which the model reads them.
  ///
  /// Special tokens inside the text (`xxmaj`) count towards the word that they belong to. A
  /// sentence includes the pieces that start in it. The sum over all units equals the sum over all
  /// tokens.
  public func scores(by unit: ScoreUnit, of encoding: Encoding) -> [UnitScore] {
    let groups = encoding.groups(by: unit)
    return groups.map { group in
      let pieces = group.pieces.filter { scores.indices.contains($0) }
      let errors = standardErrors.map { errors in
        pieces.filter { errors.indices.contains($0) }
          .reduce(0.0) { $0 + Double(errors[$1]) * Double(errors[$1]) }.squareRoot()
      }
      return UnitScore(
        text: group.text, utf8Range: group.utf8Range, part: group.part,
        score: Float(pieces.reduce(0.0) { $0 + Double(scores[$1]) }),
        standardError: errors.map { Float($0) }, pieces: group.pieces, isFrame: group.isFrame)
    }
  }
}

/// The pieces of one unit.
public struct PieceGroup: Sendable, Hashable {
  public var text: String
  public var utf8Range: Range<Int>
  /// The text of a pair that it belongs to, from 0; words and sentences never span both.
  public var part: Int
  public var pieces: [Int]
  public var isFrame: Bool
}

extension Encoding {
  /// The pieces by token, word or sentence, in the order of each unit's first piece.
  public func groups(by unit: ScoreUnit) -> [PieceGroup] {
    switch unit {
    case .token:
      pieces.indices.map { index in
        PieceGroup(
          text: pieces[index].text, utf8Range: pieces[index].utf8Range, part: pieces[index].part,
          pieces: [index], isFrame: pieces[index].isFrame)
      }
    case .word: groups(key: { pieces[$0].word })
    case .sentence: sentenceGroups()
    }
  }

  private func sentenceGroups() -> [PieceGroup] {
    let sentencesOfPart = texts.map { Sentences.ranges(in: $0) }
    return groups { index -> [Int]? in
      let (part, start) = (pieces[index].part, pieces[index].utf8Range.lowerBound)
      guard !pieces[index].isFrame, sentencesOfPart.indices.contains(part) else { return nil }
      let sentences = sentencesOfPart[part]
      if sentences.isEmpty { return nil }
      let sentence = sentences.partitioningIndex { start < $0.upperBound }
      return [part, min(sentence, sentences.count - 1)]
    }
  }

  /// Groups pieces with the same key; a frame token or a piece without a key is a group of its own.
  private func groups<Key: Hashable>(key: (Int) -> Key?) -> [PieceGroup] {
    var groups: [PieceGroup] = []
    var groupOfKey: [Key: Int] = [:]
    for (index, piece) in pieces.enumerated() {
      let key = piece.isFrame ? nil : key(index)
      if let key, let group = groupOfKey[key] {
        groups[group].pieces.append(index)
        groups[group].utf8Range = groups[group].utf8Range.union(piece.utf8Range)
        continue
      }
      if let key { groupOfKey[key] = groups.count }
      groups.append(
        PieceGroup(
          text: piece.text, utf8Range: piece.utf8Range, part: piece.part, pieces: [index],
          isFrame: piece.isFrame))
    }
    let bytesOfPart = texts.map { Array($0.utf8) }
    for index in groups.indices
    where groups[index].pieces.count > 1 && bytesOfPart.indices.contains(groups[index].part) {
      let bytes = bytesOfPart[groups[index].part]
      let range = groups[index].utf8Range.clamped(to: 0..<bytes.count)
      groups[index].text = String(decoding: bytes[range], as: UTF8.self)
    }
    return groups
  }
}

extension Range<Int> {
  fileprivate func union(_ other: Range<Int>) -> Range<Int> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
