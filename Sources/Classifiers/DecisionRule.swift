/// How a model decides, from its probabilities: for the most probable class, or for each class
/// separately.
public struct DecisionRule: Sendable, Equatable {
  public var link: OutputLink
  /// The thresholds of classes that are decided separately: one number for all, or one per class.
  /// 0.5 if the model's files give none.
  public var thresholds: [Float]

  public init(_ link: OutputLink, thresholds: [Float] = [0.5]) {
    self.link = link
    self.thresholds = thresholds
  }

  /// Whether a model with this many classes predicts exactly one of them.
  public func isExclusive(classes: Int) -> Bool { link == .softmax && classes > 1 }

  public func threshold(of classIndex: Int) -> Float {
    thresholds.indices.contains(classIndex) ? thresholds[classIndex] : thresholds.first ?? 0.5
  }

  /// Whether a multi-label model predicts a class.
  public func isGiven(_ classIndex: Int, _ probabilities: [Float]) -> Bool {
    probabilities.indices.contains(classIndex)
      && probabilities[classIndex] > threshold(of: classIndex)
  }

  /// The classes whose probability is above their threshold, ascending; nil for a model that
  /// predicts one class of several, or none.
  public func given(_ probabilities: [Float]) -> [Int]? {
    link == .sigmoid ? probabilities.indices.filter { isGiven($0, probabilities) } : nil
  }
}

extension Classifier {
  /// For a classifier whose files give no threshold.
  public var thresholds: [Float] { [0.5] }
}
