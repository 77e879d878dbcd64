public import Attribution
public import Checkpoints
internal import Dispatch
internal import Synchronization

/// Answers questions in the background, at most one in each lane: a newer one cancels the older one
/// and starts when that has stopped. Belongs to the thread that made it; posts may come from any
/// thread.
public final class Lanes {
  /// A message about a question.
  public enum Post: Sendable {
    case progress(Ticket, any Sendable)
    case answer(Ticket, any Sendable)
    /// Why there is no answer. Nothing is posted after a cancellation.
    case failure(Ticket, any Error)
    /// The work has ended, with or without an answer: posted once for each question, as the last
    /// message.
    case ended(Ticket)
  }

  private struct Work {
    var ticket: Ticket
    var task: Task<Void, Never>
    var meter: Meter

    /// Cancels both the reading of files and the task.
    func cancel() {
      meter.loading.giveUp()
      task.cancel()
    }
  }

  private var works: [Lane: Work] = [:]
  private var running = 0
  private let finishing = DispatchGroup()
  private let post: @Sendable (Post) -> Void
  private let prepareThread: @Sendable () -> Void

  /// - Parameters:
  ///   - prepareThread: called on each thread before it works.
  ///   - post: receives messages about the questions.
  public init(
    prepareThread: @escaping @Sendable () -> Void = {}, post: @escaping @Sendable (Post) -> Void
  ) {
    self.prepareThread = prepareThread
    self.post = post
  }

  public var isBusy: Bool { running > 0 }

  /// The progress of the work in a lane; nil if there is none.
  public func meter(of lane: Lane) -> Meter? { works[lane]?.meter }

  public func ask(_ question: some Question, _ ticket: Ticket, lab: Lab) {
    for lane in question.displaces { works[lane]?.cancel() }
    let lane = ticket.lane
    let older = works[lane]
    older?.cancel()
    let meter = Meter()
    let lab = lab.measured(by: meter)
    running += 1
    if lane.isFinishedAtEnd { finishing.enter() }
    let before = lane.waitsForOlder ? older?.task : nil
    let task = Task.detached(priority: lane.isInBackground ? .utility : .userInitiated) {
      [post, prepareThread, finishing] in
      await before?.value
      if question.pause > .zero { try? await Task.sleep(for: question.pause) }
      prepareThread()
      if !Task.isCancelled { question.work(ticket, lab, post) }
      if lane.isFinishedAtEnd { finishing.leave() }
      post(.ended(ticket))
    }
    works[lane] = Work(ticket: ticket, task: task, meter: meter)
  }

  /// Cancels the work in a lane.
  public func cancel(_ lane: Lane) { works[lane]?.cancel() }

  /// To be called for each `Post.ended`.
  public func ended(_ ticket: Ticket) {
    running -= 1
    if works[ticket.lane]?.ticket == ticket { works[ticket.lane] = nil }
  }

  /// On exit: cancels computations, and waits for writing to finish.
  public func finish(within seconds: Double) {
    for (lane, work) in works where !lane.isFinishedAtEnd { work.cancel() }
    _ = finishing.wait(timeout: .now() + seconds)
  }
}

extension Question {
  /// Computes the answer and posts messages about it.
  fileprivate func work(
    _ ticket: Ticket, _ lab: Lab, _ post: @escaping @Sendable (Lanes.Post) -> Void
  ) {
    let pace = Pace(Self.interval, lab.clock)
    do {
      let answer = try answer(lab) { progress in
        if Self.mayBeSkipped(progress), pace.isTooSoon() { return }
        post(.progress(ticket, progress))
      }
      post(.answer(ticket, answer))
    } catch is CancellationError {
    } catch {
      post(.failure(ticket, error))
    }
  }
}

/// The progress of a question; may be read from any thread.
public struct Meter: Sendable {
  /// The model passes made so far.
  public let passes = PassCounter()
  /// The weights read so far.
  public let loading = LoadProgress()

  public init() {}
}

/// Lets the first update through at once, and further ones only as often as they can be noticed.
private final class Pace: Sendable {
  private let interval: Duration
  private let clock: @Sendable () -> Duration
  private let last = Mutex<Duration?>(nil)

  init(_ interval: Duration, _ clock: @escaping @Sendable () -> Duration) {
    (self.interval, self.clock) = (interval, clock)
  }

  func isTooSoon() -> Bool {
    let now = clock()
    return last.withLock { last in
      if let last, now - last < interval { return true }
      last = now
      return false
    }
  }
}
