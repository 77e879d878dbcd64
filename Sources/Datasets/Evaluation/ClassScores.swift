/// Precision, recall and F1 of a class. Zero if there is nothing to divide by, as in
/// `classification_report(zero_division=0)`.
public struct ClassScores: Sendable, Equatable {
  public var precision: Double
  public var recall: Double
  public var f1: Double
  /// The number of texts of the class.
  public var support: Int

  public init(precision: Double, recall: Double, f1: Double, support: Int) {
    self.precision = precision
    self.recall = recall
    self.f1 = f1
    self.support = support
  }

  /// - Parameters:
  ///   - hits: correct predictions of the class.
  ///   - predicted: all predictions of the class.
  ///   - support: all texts of the class.
  init(hits: Int, predicted: Int, support: Int) {
    self.init(
      precision: Self.ratio(hits, predicted), recall: Self.ratio(hits, support),
      f1: Self.ratio(2 * hits, predicted + support), support: support)
  }

  static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}

extension [ClassScores] {
  /// The unweighted mean over the classes, including classes that never occur.
  var macro: ClassScores { mean { _ in 1 } }

  /// The mean over the classes, weighted by their frequency.
  var weighted: ClassScores { mean { Double($0.support) } }

  private func mean(weight: (ClassScores) -> Double) -> ClassScores {
    let total = map(weight).reduce(0, +)
    func mean(_ value: (ClassScores) -> Double) -> Double {
      total == 0 ? 0 : map { value($0) * weight($0) }.reduce(0, +) / total
    }
    return ClassScores(
      precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1),
      support: map(\.support).reduce(0, +))
  }
}
