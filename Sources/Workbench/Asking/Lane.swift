/// Where questions of one kind wait: one at most is worked on. Each question's file names its own.
public struct Lane: Sendable, Hashable {
  public let name: String
  /// It gives way to what somebody waits for.
  public let isInBackground: Bool
  /// A newer question begins only when the older one has stopped. It does not where the older one may
  /// never stop, as the reading of a pipe that nobody writes to.
  public let waitsForOlder: Bool
  /// The end of the program waits for it, as for a file that is being written.
  public let isFinishedAtEnd: Bool

  public init(
    _ name: String, isInBackground: Bool = false, waitsForOlder: Bool = true,
    isFinishedAtEnd: Bool = false
  ) {
    self.name = name
    self.isInBackground = isInBackground
    self.waitsForOlder = waitsForOlder
    self.isFinishedAtEnd = isFinishedAtEnd
  }
}
