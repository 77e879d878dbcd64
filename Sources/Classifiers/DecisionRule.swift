/// How a model decides, from its probabilities: for the most probable class, or for each class by itself.
public struct DecisionRule: Sendable, Equatable {
  public var link: OutputLink
  /// Above which a class that stands for itself is given: one number for all classes, or one a class.
  /// 0.5 where the model's files name none.
  public var thresholds: [Float]

  public init(_ link: OutputLink, thresholds: [Float] = [0.5]) {
    self.link = link
    self.thresholds = thresholds
  }

  /// Whether a model with so many classes says one of them, and not of each whether it applies.
  public func isExclusive(classes: Int) -> Bool { link == .softmax && classes > 1 }

  public func threshold(of classIndex: Int) -> Float {
    thresholds.indices.contains(classIndex) ? thresholds[classIndex] : thresholds.first ?? 0.5
  }

  /// Whether a class is given, of a model that decides each class by itself.
  public func isGiven(_ classIndex: Int, _ probabilities: [Float]) -> Bool {
    probabilities.indices.contains(classIndex)
      && probabilities[classIndex] > threshold(of: classIndex)
  }

  /// The classes whose probability is above their threshold, ascending; nil for a model that decides
  /// for one class of several, or for none.
  public func given(_ probabilities: [Float]) -> [Int]? {
    link == .sigmoid ? probabilities.indices.filter { isGiven($0, probabilities) } : nil
  }
}

extension Classifier {
  /// Of a classifier whose files name no threshold.
  public var thresholds: [Float] { [0.5] }

  public var rule: DecisionRule { DecisionRule(link, thresholds: thresholds) }
}
