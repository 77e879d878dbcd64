import CKernels
import Dispatch
import Glibc
import Synchronization

/// Threads that take part in a caller's work, and that look out for its next piece for a moment
/// before they sleep: a pass consists of many pieces of some 100 µs, and waking a thread takes 10.
///
/// Whoever holds `isTaken` is the only one that offers work, starts threads and writes `body` and
/// `count`. It
/// 1. writes `body`, then stores an `offer` with a new number and the places for helpers,
/// 2. calls `body` itself,
/// 3. closes the offer. A helper joins by taking a place in one atomic step, which acquires what
///    the offer released; the places that are left at the close tell how many joined. A helper
///    that comes later finds none, so nobody waits for one that the system runs too late.
/// 4. waits until all that joined have added themselves to `finished`. They release and it
///    acquires, so none of them uses `body` any more.
///
/// A place is only ever taken from an open offer, whatever its number: that only keeps a helper
/// from joining the same offer again, and may overflow.
///
/// Nothing waits for a sleeping helper, so a lost signal would cost time and no more. None is lost:
/// a helper adds itself to `sleepers` and then reads the offer, a caller stores the offer and then
/// reads `sleepers`, all of it sequentially consistent, so that one of them sees the other. `bell`
/// is signalled once for each helper that is taken from `sleepers`, and each that was added waits
/// for one signal.
///
/// The threads and what they use are never freed. A forked process has no helpers, and must not
/// compute.
package final class HelperThreads: Sendable {
  static let shared = HelperThreads()

  private let isTaken = Atomic(false)
  /// The number of the offer, and in its last eight bits how many helpers may still join.
  private let offer = Atomic<UInt32>(0)
  private let finished = Atomic(0)
  private let sleepers = Atomic(0)
  /// Wakes helpers.
  private let bell = DispatchSemaphore(value: 0)
  /// Wakes the caller.
  private let end = DispatchSemaphore(value: 0)
  private nonisolated(unsafe) var body: (@Sendable () -> Void)?
  private nonisolated(unsafe) var count = 0

  package init() {}

  /// How many helpers sleep.
  package var asleep: Int { sleepers.load(ordering: .relaxed) }

  /// Calls `body` on this thread and on up to `threads - 1` others at once, and returns when all
  /// calls have returned.
  /// - Returns: false, without a call, if the helpers are taken: by another thread, or by work of
  ///   which this call is a part.
  package func run(_ threads: Int, _ body: @Sendable () -> Void) -> Bool {
    guard isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
    else { return false }
    withoutActuallyEscaping(body) { share($0, with: min(threads - 1, 255)) }
    isTaken.store(false, ordering: .releasing)
    return true
  }

  private func share(_ body: @escaping @Sendable () -> Void, with helpers: Int) {
    while unsafe count < helpers, start() { unsafe count += 1 }
    unsafe self.body = body
    finished.store(0, ordering: .relaxed)
    let closed = offer.load(ordering: .relaxed) &+ 256
    offer.store(closed + UInt32(helpers), ordering: .sequentiallyConsistent)
    wake(unsafe helpers - (count - sleepers.load(ordering: .sequentiallyConsistent)))
    body()
    let joined = helpers - Int(offer.exchange(closed, ordering: .relaxed) - closed)
    linger { finished.load(ordering: .relaxed) == joined }
    // From here on it is minus the number of those that work, and the last one signals the end.
    if finished.subtract(joined, ordering: .acquiringAndReleasing).newValue < 0 { end.wait() }
    _ = finished.load(ordering: .acquiring)
    unsafe self.body = nil
  }

  private func help() -> Never {
    var latest: UInt32 = 0
    while true {
      let seen = offer.load(ordering: .sequentiallyConsistent)
      if isOpen(seen, after: latest) {
        let isMine = offer.compareExchange(
          expected: seen, desired: seen - 1, ordering: .acquiring
        ).exchanged
        guard isMine else { continue }
        latest = seen / 256
        callBody()
        if finished.add(1, ordering: .acquiringAndReleasing).newValue == 0 { end.signal() }
        linger { [latest] in isOpen(offer.load(ordering: .relaxed), after: latest) }
      } else {
        sleepers.add(1, ordering: .sequentiallyConsistent)
        if isOpen(offer.load(ordering: .sequentiallyConsistent), after: latest) { wake(1) }
        bell.wait()
      }
    }
  }

  /// Not inlined, so that the closure is released when it returns: it must not outlive the call of
  /// `run`.
  @inline(never) private func callBody() { unsafe body?() }

  /// Whether a helper that joined the offer `latest` last may join this one.
  private func isOpen(_ offer: UInt32, after latest: UInt32) -> Bool {
    offer % 256 > 0 && offer / 256 != latest
  }

  /// Wakes so many helpers, or all that sleep.
  private func wake(_ missing: Int) {
    for _ in 0..<max(0, missing) {
      var count = sleepers.load(ordering: .relaxed)
      while true {
        guard count > 0 else { return }
        let taken = sleepers.compareExchange(
          expected: count, desired: count - 1, ordering: .relaxed)
        if taken.exchanged { break }
        count = taken.original
      }
      bell.signal()
    }
  }

  /// Waits for the condition, but not longer than waking a thread takes several times.
  private func linger(until condition: () -> Bool) {
    let start = DispatchTime.now().uptimeNanoseconds
    while true {
      for _ in 0..<32 {
        if condition() { return }
        kernels_pause()
      }
      if DispatchTime.now().uptimeNanoseconds - start > 50_000 { return }
    }
  }

  /// Starts a helper that leaves signals to the other threads, except for those of its own faults.
  private func start() -> Bool {
    var (blocked, before) = (sigset_t(), sigset_t())
    unsafe sigfillset(&blocked)
    for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS] {
      unsafe sigdelset(&blocked, fault)
    }
    unsafe pthread_sigmask(SIG_SETMASK, &blocked, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    // Never released, as the thread never ends.
    let helpers = unsafe Unmanaged.passRetained(self).toOpaque()
    return unsafe pthread_create(
      &thread, nil,
      { helpers in
        guard let helpers = unsafe helpers else { return nil }
        kernels_let_others_first()
        unsafe Unmanaged<HelperThreads>.fromOpaque(helpers).takeUnretainedValue().help()
      }, helpers) == 0
  }
}
