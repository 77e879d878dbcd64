public import Classifiers

/// The model that a question is about: the main one, or the one that it is compared with.
public enum ModelSeat: Sendable, Hashable { case main, other }

/// The explanation that is requested.
public struct ExplanationChoice: Sendable, Hashable {
  /// The explainer's name on the command line.
  public var method: String
  public var classIndex: Int
  /// If set, the difference to this class is explained.
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

  /// The explained number, computed from logits.
  public var target: Target { Target(classIndex: classIndex, versus: versus, quantity: quantity) }
}
