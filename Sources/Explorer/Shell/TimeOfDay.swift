/// The local time of day, to the second.
public struct TimeOfDay: Sendable, Equatable, CustomStringConvertible {
  public var hour: Int
  public var minute: Int
  public var second: Int

  public init(hour: Int = 0, minute: Int = 0, second: Int = 0) {
    (self.hour, self.minute, self.second) = (hour, minute, second)
  }

  /// `09:05:00`
  public var description: String {
    [hour, minute, second].map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: ":")
  }
}
