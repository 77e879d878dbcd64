internal import Classifiers

extension Lane {
  /// A file that is read may never end, and must not hold up the next.
  public static let opening = Lane("opening", waitsForOlder: false)
}

/// Opens a model. Whoever asked for it decides whether it takes its seat.
public struct OpenModel: Question {
  /// As `--model` takes it; nil is the default model.
  public var argument: String?
  public var seat: ModelSeat
  /// It is the last session's, which may not be there any more.
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
