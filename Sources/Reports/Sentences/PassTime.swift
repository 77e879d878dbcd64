/// What one pass takes: measured by a prediction that is made anyway.
package struct PassTime: Sendable {
  package private(set) var seconds: Double
  package let tokens: Int

  package init(seconds: Double, tokens: Int) {
    self.seconds = seconds
    self.tokens = tokens
  }

  /// Beside so many passes one more is little.
  private static let manyPasses = 10

  /// What so many passes cost. The first prediction of a run also reads the weights into memory: before
  /// many passes are called long, one more is made and timed.
  /// - Parameters:
  ///   - clock: the time since some moment.
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
