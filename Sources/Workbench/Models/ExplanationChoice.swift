public import Classifiers

/// Which model a question is about: the one that is worked with, or one that stands beside it to be
/// compared.
public enum ModelSeat: Sendable, Hashable { case main, other }

/// Which explanation is asked for.
public struct ExplanationChoice: Sendable, Hashable {
  /// The explainer's name on the command line.
  public var method: String
  public var classIndex: Int
  /// If given, the difference to this class is explained.
  public var versus: Int?
  public var quantity: Target.Quantity
  public var seat: ModelSeat

  public init(
    method: String, classIndex: Int, versus: Int? = nil, quantity: Target.Quantity,
    seat: ModelSeat = .main
  ) {
    self.method = method
    self.classIndex = classIndex
    self.versus = versus
    self.quantity = quantity
    self.seat = seat
  }

  /// What is explained, as a number computed from logits.
  public var target: Target { Target(classIndex: classIndex, versus: versus, quantity: quantity) }
}
