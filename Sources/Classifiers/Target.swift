/// What is explained: a number computed from a row of logits.
public struct Target: Sendable, Hashable {
  public enum Quantity: String, Sendable, CaseIterable {
    case logit
    case probability
    case logProbability = "log-probability"
  }

  public var classIndex: Int
  /// The target is the difference of the two classes' quantities, if this is set.
  public var versus: Int?
  public var quantity: Quantity

  public init(classIndex: Int, versus: Int? = nil, quantity: Quantity = .logit) {
    self.classIndex = classIndex
    self.versus = versus
    self.quantity = quantity
  }
}

extension Classifier {
  /// Whether the model has a single label, whose probability is the sigmoid of its only output.
  public var isYesOrNo: Bool { classes.count == 1 && link == .sigmoid }
}

/// How logits become probabilities.
public enum OutputLink: String, Sendable {
  /// One class of several.
  case softmax
  /// Each class separately.
  case sigmoid
  /// None: the outputs of a regression, which take the place of probabilities.
  case identity
}
