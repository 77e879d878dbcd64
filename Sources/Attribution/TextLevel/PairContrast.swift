public import Tokenizers

/// Why a model scores one pair of texts above another with the same first text, such as a query
/// with two candidates: what each piece contributes to the difference of the two scores.
///
/// A piece of the first text contributes its score with the first candidate minus its score with
/// the second, a piece of the first candidate its score, and a piece of the second candidate its
/// score with the sign reversed. Frame tokens that both pairs have count as the first text's.
/// With the scores of both pairs explained by one method,
///
///     difference = sum + referenceDifference - convergenceDelta
///
/// where the last two are known only if the method's scores add up.
public struct PairContrast: Sendable, Equatable {
  /// One pair of the two.
  public struct Side: Sendable, Equatable {
    public let encoding: Encoding
    /// The contributions, one per piece, as scores; pieces that both pairs have count on the first
    /// side and are 0 on the second.
    public let contributions: TokenAttribution
    /// The indices of the pieces that count on the other side.
    fileprivate let elsewhere: Set<Int>

    /// The contributions on this side, by token, word or sentence.
    public func units(by unit: ScoreUnit) -> [UnitScore] {
      contributions.scores(by: unit, of: encoding).filter { unit in
        !unit.pieces.allSatisfy(elsewhere.contains)
      }
    }

    /// The words whose contributions are on this side, as they are typed.
    public var words: [UnitScore] {
      units(by: .word).filter { !$0.isFrame }.map { word in
        // A tokenizer may change a word.
        let text = encoding.text(of: word.part)
        var word = word
        word.text = text.utf8Text(text.utf8Trimmed(word.utf8Range))
        return word
      }
    }
  }

  public let first: Side
  public let second: Side
  /// The explained value of the first pair less that of the second.
  public let difference: Float
  /// The same difference without the explained pieces: between the two values that the method
  /// compares the texts with. nil if its scores do not add up to the explained value.
  public let referenceDifference: Float?
  /// The sum of the contributions minus the sum that the method claims; nil if it claims none.
  public let convergenceDelta: Float?

  /// - Parameters: two explanations of the same value by the same method.
  public init(
    first: (encoding: Encoding, attribution: TokenAttribution),
    second: (encoding: Encoding, attribution: TokenAttribution)
  ) {
    var own = first.attribution
    var other = second.attribution
    other.scores = other.scores.map { 0 - $0 }
    var places: [SharedPiece: [Int]] = [:]
    for (place, piece) in zip(own.scores.indices, first.encoding.pieces).reversed() {
      if let shared = SharedPiece(piece) { places[shared, default: []].append(place) }
    }
    var elsewhere: Set<Int> = []
    for (place, piece) in zip(other.scores.indices, second.encoding.pieces) {
      guard let shared = SharedPiece(piece), let match = places[shared]?.popLast() else { continue }
      own.scores[match] += other.scores[place]
      other.scores[place] = 0
      if let a = own.standardErrors?[match], let b = other.standardErrors?[place] {
        own.standardErrors?[match] = (a * a + b * b).squareRoot()
        other.standardErrors?[place] = 0
      }
      elsewhere.insert(place)
    }
    self.first = Side(encoding: first.encoding, contributions: own, elsewhere: [])
    self.second = Side(encoding: second.encoding, contributions: other, elsewhere: elsewhere)
    difference = Float(
      Double(first.attribution.targetValue) - Double(second.attribution.targetValue))
    referenceDifference = first.attribution.reference.flatMap { a in
      second.attribution.reference.map { Float(a - $0) }
    }
    convergenceDelta = first.attribution.convergenceDelta.flatMap { a in
      second.attribution.convergenceDelta.map { a - $0 }
    }
  }

  /// The sum of all contributions.
  public var sum: Float { Float(first.contributions.total + second.contributions.total) }
}

/// Identifies a piece that both pairs have; several equal ones are matched in order.
private struct SharedPiece: Hashable {
  var part: Int
  var id: Int
  var text: String
  /// nil for a frame token, which may come after texts of different lengths.
  var utf8Range: Range<Int>?

  /// nil for a piece of a second text.
  init?(_ piece: Piece) {
    guard piece.isFrame || piece.part == 0 else { return nil }
    (part, id, text) = (piece.part, piece.id, piece.text)
    utf8Range = piece.isFrame ? nil : piece.utf8Range
  }
}

extension TokenAttribution {
  fileprivate var total: Double { scores.reduce(0) { $0 + Double($1) } }

  /// The target's value minus the sum that the method claims for the scores; nil if it claims none.
  fileprivate var reference: Double? {
    convergenceDelta.map { Double(targetValue) + Double($0) - total }
  }
}
