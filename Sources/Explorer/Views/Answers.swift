internal import Classifiers

/// How the model's answers are called: probabilities, or the numbers of a regression.
extension State {
  /// Nothing that the model answers is a probability.
  var isRegression: Bool { summary?.link == .identity }

  /// `p(positive)`, or `stars` where the answer is the number itself.
  func quantityName(of index: Int) -> String {
    let name = summary?.className(index) ?? ""
    return isRegression ? name : "p(\(name))"
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
