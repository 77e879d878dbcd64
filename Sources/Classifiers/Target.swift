/// What is explained: one number computed from a row of logits.
public struct Target: Sendable, Hashable {
  public enum Quantity: String, Sendable, CaseIterable {
    case logit
    case probability
    case logProbability = "log-probability"
  }

  public var classIndex: Int
  /// If given, the target is the difference of the two classes' quantities.
  public var versus: Int?
  public var quantity: Quantity

  public init(classIndex: Int, versus: Int? = nil, quantity: Quantity = .logit) {
    self.classIndex = classIndex
    self.versus = versus
    self.quantity = quantity
  }
}

extension Classifier {
  /// The model has one label and answers whether it applies: its only output, through a sigmoid, is
  /// the label's probability.
  public var isYesOrNo: Bool { classes.count == 1 && link == .sigmoid }
}

/// How logits become probabilities.
public enum OutputLink: String, Sendable {
  /// One class of several.
  case softmax
  /// Each class for itself.
  case sigmoid
  /// Not at all: a regression's numbers are the answer, and stand where probabilities would.
  case identity
}
