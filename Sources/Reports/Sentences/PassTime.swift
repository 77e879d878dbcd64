/// The time of one pass, measured by a prediction that is needed anyway.
package struct PassTime: Sendable {
  package private(set) var seconds: Double
  package let tokens: Int

  package init(seconds: Double, tokens: Int) {
    self.seconds = seconds
    self.tokens = tokens
  }

  /// For at least this many passes, the cost of one more is negligible.
  private static let manyPasses = 10

  /// The cost of a number of passes. The first prediction of a run also reads the weights into
  /// memory, so before many passes are reported as long, one more prediction is timed.
  /// - Parameters:
  ///   - clock: the time since a fixed moment.
  ///   - again: makes the prediction once more.
  package mutating func cost(
    passes: Int, texts: Int = 1, clock: () -> Duration, again: () throws -> Void
  ) rethrows -> PassCost {
    var cost = PassCost(passes: passes, secondsPerPass: seconds, tokens: tokens, texts: texts)
    guard cost.isLong, passes >= Self.manyPasses else { return cost }
    let start = clock()
    try again()
    seconds = min(seconds, (clock() - start) / .seconds(1))
    cost.secondsPerPass = seconds
    return cost
  }
}
