import Testing
import Workbench

@Suite struct `tickets` {
  private let lanes = [Lane.prediction, .explanation, .trust]

  @Test func `know the newest question of each lane`() {
    var tickets = Tickets<String>()
    let first = tickets.issue("a", in: .prediction, displacing: [])
    let other = tickets.issue("b", in: .trust, displacing: [])
    let second = tickets.issue("c", in: .prediction, displacing: [])
    #expect(tickets.question(of: first) == nil)
    #expect(tickets.question(of: second) == "c" && tickets.question(of: other) == "b")
    #expect(tickets.ticket(in: .prediction) == second && tickets.isOpen(.trust))
    #expect(Set([first, second, other]).count == 3)
  }

  @Test func `close with the answer, and where a question displaces others`() {
    var tickets = Tickets<String>()
    let old = lanes.map { tickets.issue($0.name, in: $0, displacing: []) }
    tickets.close(.trust)
    #expect(tickets.question(of: old[2]) == nil && !tickets.isOpen(.trust))
    let new = tickets.issue("new", in: .prediction, displacing: [.explanation])
    #expect(old.allSatisfy { tickets.question(of: $0) == nil })
    #expect(tickets.question(in: .prediction) == "new" && tickets.ticket(in: .prediction) == new)
  }
}
