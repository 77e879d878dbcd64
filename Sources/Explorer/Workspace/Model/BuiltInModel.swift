/// A model that comes with the program, as the prompt for models offers it.
public struct BuiltInModel: Sendable, Equatable {
  /// What `--model` takes.
  public let name: String
  /// What it reads and what it says of it, in a few words.
  public let purpose: String

  public init(name: String, purpose: String) {
    (self.name, self.purpose) = (name, purpose)
  }
}
