/// Identifies a question that was asked. Its answers carry it.
public struct Ticket: Sendable, Hashable {
  /// Counts all questions.
  public let number: Int
  public let lane: Lane
}

/// The questions whose answers are still wanted: the newest of each lane, until it is answered or
/// cancelled.
public struct Tickets<Asked: Sendable>: Sendable {
  private var open: [Lane: (ticket: Ticket, question: Asked)] = [:]
  private var count = 0

  public init() {}

  /// Issues a ticket for a new question, and invalidates those of earlier questions in its lane and
  /// in the lanes that it displaces.
  public mutating func issue(_ question: Asked, in lane: Lane, displacing lanes: [Lane]) -> Ticket {
    for lane in lanes { open[lane] = nil }
    count += 1
    let ticket = Ticket(number: count, lane: lane)
    open[lane] = (ticket, question)
    return ticket
  }

  /// The question of a ticket; nil if the ticket is not its lane's newest, or was cancelled.
  public func question(of ticket: Ticket) -> Asked? {
    guard let found = open[ticket.lane], found.ticket == ticket else { return nil }
    return found.question
  }

  /// The valid ticket of a lane; nil if no answer is wanted.
  public func ticket(in lane: Lane) -> Ticket? { open[lane]?.ticket }

  public func question(in lane: Lane) -> Asked? { open[lane]?.question }

  public func isOpen(_ lane: Lane) -> Bool { open[lane] != nil }

  /// Invalidates the ticket of a lane.
  public mutating func close(_ lane: Lane) { open[lane] = nil }
}
