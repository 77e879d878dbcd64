/// A message for the status row.
public struct Message: Sendable, Equatable {
  public enum Kind: Sendable, Equatable { case notice, warning, error }
  public var kind: Kind
  public var text: String
}
