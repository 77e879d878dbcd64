public import Attribution
public import Checkpoints
internal import Dispatch
internal import Synchronization

/// Works on questions beside the screen, one at most in each lane: a newer one cancels the older and
/// begins when that has stopped. Belongs to the thread that made it; what it posts may come from any.
public final class Lanes {
  /// What comes of a question.
  public enum Post: Sendable {
    case progress(Ticket, any Sendable)
    case answer(Ticket, any Sendable)
    /// Why there is no answer. Nothing is posted where it was cancelled.
    case failure(Ticket, any Error)
    /// The work has ended, whatever came of it: once for each question, last.
    case ended(Ticket)
  }

  private struct Work {
    var ticket: Ticket
    var task: Task<Void, Never>
    var meter: Meter

    /// Ends the reading of files by its progress, and all else by the task.
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
  ///   - post: takes what comes of the questions.
  public init(
    prepareThread: @escaping @Sendable () -> Void = {}, post: @escaping @Sendable (Post) -> Void
  ) {
    self.prepareThread = prepareThread
    self.post = post
  }

  public var isBusy: Bool { running > 0 }

  /// How far the work in a lane is; nil where there is none.
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

  /// Gives up what is worked on in a lane.
  public func cancel(_ lane: Lane) { works[lane]?.cancel() }

  /// To be called for each `Post.ended`.
  public func ended(_ ticket: Ticket) {
    running -= 1
    if works[ticket.lane]?.ticket == ticket { works[ticket.lane] = nil }
  }

  /// At the end of the program: what only computes is given up, what writes is waited for.
  public func finish(within seconds: Double) {
    for (lane, work) in works where !lane.isFinishedAtEnd { work.cancel() }
    _ = finishing.wait(timeout: .now() + seconds)
  }
}

extension Question {
  /// Looks for the answer and posts what comes of it.
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

/// How far the work on a question is, to be read from any thread.
public struct Meter: Sendable {
  /// The model passes that it has made.
  public let passes = PassCounter()
  /// The weights that it has read.
  public let loading = LoadProgress()

  public init() {}
}

/// Lets the first through at once, and of what follows no more than anybody can see.
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
