/// A model to be opened, while another one may still be in use.
public struct ModelRequest: Sendable, Equatable {
  /// What was asked for; nil is the default model.
  public var argument: String?
  /// Counts the requests: an answer to one that was given up is dropped.
  public var number: Int
  public var seat: ModelSeat

  public init(argument: String?, number: Int, seat: ModelSeat = .main) {
    self.argument = argument
    self.number = number
    self.seat = seat
  }
}
