internal import Tokenizers

/// An example and its loss, for the list of the largest.
public struct Loss: Sendable, Equatable {
  public var example: Example
  public var judgement: Judgement

  public init(example: Example, judgement: Judgement) {
    self.example = example
    self.judgement = judgement
  }

  /// The probability of the label; for multi-label models, one for each.
  public var goldProbabilities: [Float] {
    example.gold.classes.map { judgement.probabilities[$0] }
  }

  /// The probability of the prediction.
  public var predictedProbabilities: [Float] {
    judgement.predicted.classes.map { judgement.probabilities[$0] }
  }
}

/// The examples with the largest losses, the largest first, equal ones in the order of the rows.
///
/// Each entry keeps its own row, so that nothing is predicted a second time.
public struct TopLosses: Sendable {
  public private(set) var losses: [Loss] = []
  private let limit: Int

  public init(limit: Int) {
    self.limit = max(0, limit)
  }

  public mutating func add(_ loss: Loss) {
    let value = Self.rank(loss)
    if losses.count == limit, let least = losses.last, Self.rank(least) >= value { return }
    guard limit > 0 else { return }
    losses.insert(loss, at: losses.partitioningIndex { Self.rank($0) < value })
    if losses.count > limit { losses.removeLast() }
  }

  /// A NaN loss counts as the largest: the model gave no answer.
  private static func rank(_ loss: Loss) -> Double {
    loss.judgement.loss.isNaN ? .infinity : loss.judgement.loss
  }
}
