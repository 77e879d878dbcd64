/// Identifies a screen by the digit of its key.
public struct Screen: RawRepresentable, Sendable, Hashable {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }
}
