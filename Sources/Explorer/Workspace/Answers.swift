internal import Classifiers
internal import Reports
internal import Workbench

/// Names and formats of the model's answers: probabilities, or the numbers of a regression.
extension State {
  /// Whether the model's answers are numbers instead of probabilities.
  var isRegression: Bool { summary?.link == .identity }

  /// `p(positive)`, or `stars` for a regression.
  func quantityName(of index: Int) -> String {
    let name = summary?.className(index) ?? ""
    return isRegression ? name : "p(\(name))"
  }

  /// An answer of the model, formatted for the screen.
  func answer(_ value: Float) -> String { Numerals.fixed(value, digits(of: [value])) }

  /// The number of digits for these answers, the same for all.
  func digits(of values: [Float]) -> Int {
    isRegression ? 2 : Numerals.digits(ofProbabilities: values)
  }

  /// `0.71 → 0.38 (-0.33)`, with enough digits to show the change.
  func change(from before: Float, to now: Float, atLeast least: Int = 0) -> String {
    let digits = digits(from: before, to: now, least)
    return "\(Numerals.fixed(before, digits)) \(signs.becomes) \(Numerals.fixed(now, digits)) "
      + "(\(Numerals.difference(from: before, to: now, digits)))"
  }

  /// `-0.33`, with enough digits to show the difference.
  func difference(from before: Float, to now: Float, atLeast least: Int = 0) -> String {
    Numerals.difference(from: before, to: now, digits(from: before, to: now, least))
  }

  private func digits(from before: Float, to now: Float, _ least: Int) -> Int {
    Numerals.digits(ofChange: before, to: now, atLeast: max(least, digits(of: [before, now])))
  }

  /// The range of a chart: 0 to 1, or for a regression its own extremes.
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
