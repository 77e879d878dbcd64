/// What a question was given when it was asked. Its answers carry it.
public struct Ticket: Sendable, Hashable {
  /// Counts all questions.
  public let number: Int
  public let lane: Lane
}

/// Which questions are waited for: of each lane the newest, until it is answered or given up.
public struct Tickets<Asked: Sendable>: Sendable {
  private var open: [Lane: (ticket: Ticket, question: Asked)] = [:]
  private var count = 0

  public init() {}

  /// A ticket for a question that is asked now; those before it in its lane, and in the lanes that it
  /// displaces, are not waited for any more.
  public mutating func issue(_ question: Asked, in lane: Lane, displacing lanes: [Lane]) -> Ticket {
    for lane in lanes { open[lane] = nil }
    count += 1
    let ticket = Ticket(number: count, lane: lane)
    open[lane] = (ticket, question)
    return ticket
  }

  /// The question of a ticket; nil for one that is not its lane's newest, or was given up.
  public func question(of ticket: Ticket) -> Asked? {
    guard let found = open[ticket.lane], found.ticket == ticket else { return nil }
    return found.question
  }

  /// The ticket that a lane's answers have to carry; nil where nothing is waited for.
  public func ticket(in lane: Lane) -> Ticket? { open[lane]?.ticket }

  public func question(in lane: Lane) -> Asked? { open[lane]?.question }

  public func isOpen(_ lane: Lane) -> Bool { open[lane] != nil }

  /// Nothing of it is waited for any more.
  public mutating func close(_ lane: Lane) { open[lane] = nil }
}
