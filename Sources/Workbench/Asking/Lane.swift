/// A queue for questions of one kind, of which at most one is being answered. Each question's file
/// names its own lane.
public struct Lane: Sendable, Hashable {
  public let name: String
  /// Yields to questions that the user is waiting for.
  public let isInBackground: Bool
  /// Whether a newer question starts only when the older one has stopped. False if the older one
  /// may never stop, like reading a pipe that nobody writes to.
  public let waitsForOlder: Bool
  /// Whether the program waits for it on exit, as for a file that is being written.
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
