/// One example with its loss, for the list of the worst.
public struct Loss: Sendable, Equatable {
  public var example: Example
  public var judgement: Judgement

  public init(example: Example, judgement: Judgement) {
    self.example = example
    self.judgement = judgement
  }

  /// The probability of what is right, for several classes a text one each.
  public var goldProbabilities: [Float] {
    example.gold.classes.map { judgement.probabilities[$0] }
  }

  /// The probability of what the model said.
  public var predictedProbabilities: [Float] {
    judgement.predicted.classes.map { judgement.probabilities[$0] }
  }
}

/// The examples with the largest losses, the worst first, equal ones in the order of the rows.
///
/// Each keeps its own row with its loss: nothing is predicted a second time.
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
    var low = 0
    var high = losses.count
    while low < high {
      let middle = (low + high) / 2
      if Self.rank(losses[middle]) >= value { low = middle + 1 } else { high = middle }
    }
    losses.insert(loss, at: low)
    if losses.count > limit { losses.removeLast() }
  }

  /// A loss that is no number is worse than any: the model gave no answer.
  private static func rank(_ loss: Loss) -> Double {
    loss.judgement.loss.isNaN ? .infinity : loss.judgement.loss
  }
}
