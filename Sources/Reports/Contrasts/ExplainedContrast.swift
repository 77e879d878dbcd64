public import Attribution
internal import Classifiers
internal import Tokenizers

/// Why one candidate ranks above another beside the same first text, ready to be written.
public struct ExplainedContrast: Sendable {
  public struct Candidate: Sendable {
    /// Its place among all candidates, from 1.
    public var rank: Int
    /// Its place in the input, from 0.
    public var index: Int
    /// The explanation of the first text beside it.
    public var explanation: ExplainedText

    public init(rank: Int, index: Int, explanation: ExplainedText) {
      self.rank = rank
      self.index = index
      self.explanation = explanation
    }

    /// `rank 2`
    var name: String { "rank \(rank)" }

    /// What ranks it.
    var score: Float {
      let probabilities = explanation.prediction.probabilities
      let index = explanation.target.classIndex
      return probabilities.indices.contains(index) ? probabilities[index] : .nan
    }

    var side: (encoding: Encoding, attribution: TokenAttribution) {
      (explanation.prediction.encoding, explanation.attribution)
    }
  }

  /// A token, word or sentence with its contribution to the difference.
  struct Unit {
    /// Whose text it stands in; nil for the first text, which both have, and for frame tokens.
    var candidate: Candidate?
    var score: UnitScore
    /// nil if it is more than one.
    var piece: Piece?

    var place: String { candidate?.name ?? ExplainedContrast.firstText }
  }

  static let firstText = "first text"

  /// The candidate that ranks higher.
  public let first: Candidate
  public let second: Candidate
  /// What each piece contributes to the difference of both explained values.
  public let contrast: PairContrast

  /// - Parameters: two explanations of the same value by the same method.
  public init(first: Candidate, second: Candidate) {
    (self.first, self.second) = (first, second)
    contrast = PairContrast(first: first.side, second: second.side)
  }

  /// By the unit of the explanations, those of the first text first.
  var units: [Unit] {
    let both = [(first, contrast.first), (second, contrast.second)].flatMap { candidate, side in
      side.units(by: first.explanation.unit).map { unit in
        Unit(
          candidate: unit.part == 0 || unit.isFrame ? nil : candidate, score: unit,
          piece: unit.pieces.count == 1 ? side.encoding.pieces[unit.pieces[0]] : nil)
      }
    }
    return both.filter { $0.candidate == nil } + both.filter { $0.candidate != nil }
  }
}
