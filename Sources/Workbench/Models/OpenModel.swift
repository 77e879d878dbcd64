internal import Classifiers

extension Lane {
  /// Reading a file may never end, and must not block the next one.
  public static let opening = Lane("opening", waitsForOlder: false)
}

/// Opens a model. The asker decides whether it takes a seat.
public struct OpenModel: Question {
  /// A value of `--model`; nil for the default model.
  public var argument: String?
  public var seat: ModelSeat
  /// Whether it comes from the last session, and may no longer exist.
  public var isRestored: Bool

  public init(argument: String?, seat: ModelSeat = .main, isRestored: Bool = false) {
    self.argument = argument
    self.seat = seat
    self.isRestored = isRestored
  }

  public var lane: Lane { .opening }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<OpenedModel>
  ) throws -> OpenedModel {
    try lab.surroundings.open(argument, progress: lab.meter.loading)
  }
}
