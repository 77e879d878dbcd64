import Dispatch
import Synchronization
import Testing
import Workbench

extension Lane {
  fileprivate static let counting = Lane("test: counting")
  fileprivate static let writing = Lane("test: writing", isFinishedAtEnd: true)
  fileprivate static let impatient = Lane("test: impatient", waitsForOlder: false)
}

/// A question that the sources know nothing of: it reports numbers until its gate opens.
private struct Count: Question {
  final class Gate: Sendable {
    let isOpen = Atomic(false)
    let hasBegun = DispatchSemaphore(value: 0)
  }

  var lane = Lane.counting
  var displaces: [Lane] = []
  var numbers = [1, 2, 3]
  var ignoresCancellation = false
  let gate = Gate()

  static func == (a: Count, b: Count) -> Bool { a.gate === b.gate }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(gate)) }
  /// Odd numbers may be skipped.
  static func mayBeSkipped(_ progress: Int) -> Bool { !progress.isMultiple(of: 2) }

  func answer(_ lab: Lab, progress: @escaping Progress<Int>) throws -> Int {
    gate.hasBegun.signal()
    for number in numbers { try progress(number) }
    while !gate.isOpen.load(ordering: .relaxed) {
      if !ignoresCancellation { try Task.checkCancellation() }
    }
    if numbers.isEmpty { throw QuestionError.noExamples }
    return numbers.count
  }
}

/// Lanes, what they post, and tickets for them.
private final class Stand {
  let posts = Collected<String>()
  let lanes: Lanes
  let ended = DispatchSemaphore(value: 0)
  private var tickets = Tickets<String>()

  init() {
    lanes = Lanes { [posts, ended] post in
      switch post {
      case .progress(let ticket, let part): posts.add("\(ticket.number): \(part)")
      case .answer(let ticket, let answer): posts.add("\(ticket.number) = \(answer)")
      case .failure(let ticket, let error): posts.add("\(ticket.number) ! \(error)")
      case .ended(let ticket):
        posts.add("\(ticket.number) ended")
        ended.signal()
      }
    }
  }

  @discardableResult
  func ask(_ question: Count, opens: Bool = true, lab: Lab = Bench.empty) -> Ticket {
    let ticket = tickets.issue("", in: question.lane, displacing: question.displaces)
    if opens { question.gate.isOpen.store(true, ordering: .relaxed) }
    lanes.ask(question, ticket, lab: lab)
    return ticket
  }

  func waitForEnds(_ count: Int) {
    for _ in 0..<count { ended.wait() }
  }
}

/// One after another: each may hold two threads until it goes on, and two cores have no third.
@Suite(.serialized) struct `lanes` {
  @Test func `post what is known on the way, the answer, and the end`() {
    let stand = Stand()
    let ticket = stand.ask(Count(numbers: [2, 4]))
    #expect(stand.lanes.isBusy)
    stand.waitForEnds(1)
    #expect(stand.posts.all == ["1: 2", "1: 4", "1 = 2", "1 ended"])
    stand.lanes.ended(ticket)
    #expect(!stand.lanes.isBusy && stand.lanes.meter(of: .counting) == nil)
  }

  @Test func `post a failure as it was thrown`() {
    let stand = Stand()
    stand.ask(Count(numbers: []))
    stand.waitForEnds(1)
    #expect(stand.posts.all == ["1 ! noExamples", "1 ended"])
  }

  @Test func `begin the newer question when the older one has stopped`() {
    let stand = Stand()
    let older = Count(numbers: [2])
    stand.ask(older, opens: false)
    older.gate.hasBegun.wait()
    stand.ask(Count(numbers: [4]))
    stand.waitForEnds(2)
    #expect(stand.posts.all == ["1: 2", "1 ended", "2: 4", "2 = 1", "2 ended"])
  }

  @Test func `do not wait in a lane whose questions may never end`() {
    let stand = Stand()
    let older = Count(lane: .impatient, numbers: [2], ignoresCancellation: true)
    stand.ask(older, opens: false)
    older.gate.hasBegun.wait()
    stand.ask(Count(lane: .impatient, numbers: [4]))
    stand.waitForEnds(1)
    #expect(stand.posts.all.suffix(3) == ["2: 4", "2 = 1", "2 ended"])
    older.gate.isOpen.store(true, ordering: .relaxed)
    stand.waitForEnds(1)
  }

  @Test func `give up what a question displaces, and what is cancelled`() {
    let stand = Stand()
    let other = Lane("test: another")
    for lane in [other, .counting] {
      let running = Count(lane: lane, numbers: [2])
      stand.ask(running, opens: false)
      running.gate.hasBegun.wait()
    }
    stand.lanes.cancel(.counting)
    stand.ask(Count(lane: .impatient, displaces: [other], numbers: [4]))
    stand.waitForEnds(3)
    #expect(!stand.posts.all.contains("1 = 1") && !stand.posts.all.contains("2 = 1"))
    #expect(stand.posts.all.contains("3 = 1"))
  }

  @Test func `skip what better follows at once, and nothing else`() {
    let stand = Stand()
    let times = Collected<Void>()
    // each look at the clock is 10 ms later
    let lab = Lab(Bench()) {
      times.add(())
      return .milliseconds(10 * times.all.count)
    }
    stand.ask(Count(numbers: [1, 3, 2, 5, 4, 7, 9, 11]), lab: lab)
    stand.waitForEnds(1)
    // of the odd ones those that are 33 ms apart
    #expect(stand.posts.all == ["1: 1", "1: 2", "1: 4", "1: 9", "1 = 8", "1 ended"])
  }

  @Test func `finish what is written when the program ends`() {
    let stand = Stand()
    let writing = Count(lane: .writing, numbers: [2], ignoresCancellation: true)
    let computing = Count(numbers: [2])
    for question in [writing, computing] {
      stand.ask(question, opens: false)
      question.gate.hasBegun.wait()
    }
    writing.gate.isOpen.store(true, ordering: .relaxed)
    stand.lanes.finish(within: 60)
    #expect(stand.posts.all.contains("1 = 1"))
    stand.waitForEnds(2)
    #expect(!stand.posts.all.contains("2 = 1"))
  }
}
