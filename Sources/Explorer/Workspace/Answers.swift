internal import Classifiers
internal import Reports
internal import Workbench

/// How the model's answers are called: probabilities, or the numbers of a regression.
extension State {
  /// Nothing that the model answers is a probability.
  var isRegression: Bool { summary?.link == .identity }

  /// `p(positive)`, or `stars` where the answer is the number itself.
  func quantityName(of index: Int) -> String {
    let name = summary?.className(index) ?? ""
    return isRegression ? name : "p(\(name))"
  }

  /// An answer of the model as the screen shows it.
  func answer(_ value: Float) -> String { Numerals.fixed(value, digits(of: [value])) }

  /// How many digits these answers are shown with, all alike.
  func digits(of values: [Float]) -> Int {
    isRegression ? 2 : Numerals.digits(ofProbabilities: values)
  }

  /// `0.71 → 0.38 (-0.33)`, with digits enough to see the change.
  func change(from before: Float, to now: Float, atLeast least: Int = 0) -> String {
    let digits = digits(from: before, to: now, least)
    return "\(Numerals.fixed(before, digits)) \(signs.becomes) \(Numerals.fixed(now, digits)) "
      + "(\(Numerals.difference(from: before, to: now, digits)))"
  }

  /// `-0.33`, with digits enough to see it.
  func difference(from before: Float, to now: Float, atLeast least: Int = 0) -> String {
    Numerals.difference(from: before, to: now, digits(from: before, to: now, least))
  }

  private func digits(from before: Float, to now: Float, _ least: Int) -> Int {
    Numerals.digits(ofChange: before, to: now, atLeast: max(least, digits(of: [before, now])))
  }

  /// What a row of bars is drawn between: 0 and 1, or for a regression its own extremes.
  func answerRange(of values: [Float]) -> ClosedRange<Float> {
    guard isRegression else { return 0...1 }
    let values = values.filter(\.isFinite)
    guard let low = values.min(), let high = values.max(), low < high else {
      let value = values.first ?? 0
      return value - 1...value + 1
    }
    return low...high
  }
}
