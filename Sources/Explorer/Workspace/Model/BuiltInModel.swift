/// A built-in model, as the prompt for models offers it.
public struct BuiltInModel: Sendable, Equatable {
  /// The value of `--model`.
  public let name: String
  /// What it reads and what it predicts, in a few words.
  public let purpose: String

  public init(name: String, purpose: String) {
    (self.name, self.purpose) = (name, purpose)
  }
}
