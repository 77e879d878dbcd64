import CKernels
import Dispatch
import FoundationEssentials
import Glibc
import Synchronization

/// How many threads a computation may use.
///
/// Work is divided into the same parts for any number of threads, and no sum is divided, so that
/// results are the same to the last bit.
public struct Workers: Sendable {
  public let count: Int
  /// The task whose cancellation ends the work; nil for the task of the calling thread.
  private var caller: Caller?

  /// - Parameter count: at least 1 is used.
  public init(_ count: Int) {
    self.count = max(1, count)
  }

  public static let one = Workers(1)
  /// One thread per core.
  public static let all = Workers(ProcessInfo.processInfo.activeProcessorCount)

  /// The number of threads in use: one within `alone`.
  public var threads: Int { Alone.isOn ? 1 : count }

  /// Calls `body` once for each part in `0..<parts`, in any order, and returns when all are done.
  /// The calling thread takes part, so work begins without waiting for another thread.
  public func forEach(_ parts: Int, _ body: @Sendable (Int) -> Void) {
    guard threads > 1, parts > 1 else {
      for part in 0..<max(0, parts) { body(part) }
      return
    }
    let next = Atomic(0)
    onThreads(min(count, parts)) {
      while true {
        let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if part >= parts { return }
        body(part)
      }
    }
  }
}

extension Workers {
  /// Calls `body` for each part of each step: the parts of a step in any order, and only after all
  /// parts of the previous step.
  ///
  /// Steps take microseconds, so threads wait for each other by spinning. A thread that the system
  /// has suspended holds no part; the others continue without it. Every second step takes the parts from
  /// the last to the first, so that it begins with those that are still in the caches: if all parts read
  /// more than the caches hold, in the same order each time, none would be.
  /// - Throws: `CancellationError` once the calling task is cancelled.
  package func forEachStep(
    _ steps: Int, parts: Int, _ body: @Sendable (_ step: Int, _ part: Int) -> Void
  ) throws {
    let total = steps * parts
    let next = Atomic(0)
    let done = Atomic(0)
    let isCancelled = Atomic(false)
    let threads = min(self.threads, parts)
    guard threads > 0 else { return }
    try withCaller { caller in
      if caller.isCancelled { throw CancellationError() }
      onThreads(threads) {
        var waits = 0
        while true {
          let ticket = next.load(ordering: .relaxed)
          let step = ticket / parts
          if ticket >= total || isCancelled.load(ordering: .relaxed) { return }
          guard done.load(ordering: .acquiring) >= step * parts else {
            waits += 1
            if waits < 2000 { kernels_pause() } else { sched_yield() }
            continue
          }
          waits = 0
          let isMine = next.compareExchange(
            expected: ticket, desired: ticket + 1, ordering: .relaxed
          ).exchanged
          guard isMine else { continue }
          if caller.isCancelled { isCancelled.store(true, ordering: .relaxed) }
          let part = ticket % parts
          body(step, step.isMultiple(of: 2) ? part : parts - 1 - part)
          done.add(1, ordering: .releasing)
        }
      }
    }
    if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
  }

  /// The results of `body` for each part in `0..<parts`, in order.
  /// - Throws: the error of a part.
  public func map<Result: Sendable>(
    _ parts: Int, _ body: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    let results = Mutex<[Swift.Result<Result, any Error>?]>(Array(repeating: nil, count: parts))
    forEach(parts) { part in
      let result = Swift.Result { try body(part) }
      results.withLock { $0[part] = result }
    }
    return try results.withLock { try $0.compactMap { try $0?.get() } }
  }

  /// The same if each part does computations of its own: it is passed workers with its one thread,
  /// which a cancellation of the calling task reaches as well.
  package func map<Result: Sendable>(
    _ parts: Int, onOne body: @Sendable (Int, Workers) throws -> Result
  ) throws -> [Result] {
    try withCaller { caller in
      var one = Workers.one
      one.caller = caller
      return try map(parts) { [one] in try body($0, one) }
    }
  }

  /// For computations on threads that do not belong to the task.
  /// - Throws: `CancellationError` once the task that waits for the work is cancelled.
  package func checkCancellation() throws {
    guard let caller else { return try Task.checkCancellation() }
    if caller.isCancelled { throw CancellationError() }
  }

  /// Keeps all computations of `body` on the calling thread, for callers that distribute larger
  /// pieces of work over the cores.
  public static func alone<Result, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let wasOn = Alone.isOn
    Alone.isOn = true
    defer { Alone.isOn = wasOn }
    return try body()
  }

  /// Passes the calling task, which exists as long as `body` runs.
  private func withCaller<Result>(_ body: (Caller) throws -> Result) rethrows -> Result {
    if let caller { return try body(caller) }
    return try unsafe withUnsafeCurrentTask { try body(unsafe Caller(task: $0)) }
  }

  /// Calls `body` on several threads at once, including the calling one, and returns when all calls
  /// have returned.
  private func onThreads(_ threads: Int, _ body: @Sendable () -> Void) {
    kernels_let_others_first()
    if threads == 1 { return body() }
    if HelperThreads.shared.run(threads, body) { return }
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      kernels_let_others_first()
      body()
    }
  }
}

/// Whether the current thread does not distribute its computations.
private enum Alone {
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    _ = unsafe pthread_key_create(&key, nil)
    return key
  }()

  static var isOn: Bool {
    get { unsafe pthread_getspecific(key) != nil }
    set { _ = unsafe pthread_setspecific(key, newValue ? UnsafeRawPointer(bitPattern: 1) : nil) }
  }
}

/// The task that waits for the work, if there is one.
///
/// Unchecked, because the compiler does not know that the task waits for all threads that work for
/// it, and therefore exists as long as they use it; any thread may ask whether a task is cancelled.
@safe private struct Caller: @unchecked Sendable {
  private let task: UnsafeCurrentTask?

  init(task: UnsafeCurrentTask?) { unsafe self.task = task }

  var isCancelled: Bool { unsafe task?.isCancelled ?? false }
}
