/// The name of a screen: the number of its key.
public struct Screen: RawRepresentable, Sendable, Hashable {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }
}
