import Dispatch
import Foundation
import Glibc
import Synchronization
import Tensors
import Testing

@Suite(.timeLimit(.minutes(2))) struct HelperThreadsTests {
  @Test func `thousands of tiny jobs are complete, and no call outlives its job`() {
    let helpers = HelperThreads()
    let isOver = Atomic(true)
    let late = Atomic(0)
    let wrong = Atomic(0)
    for job in 0..<20_000 {
      let next = Atomic(0)
      let sum = Atomic(0)
      let calls = Atomic(0)
      isOver.store(false, ordering: .relaxed)
      let isRun = helpers.run(2 + job % 3) {
        calls.add(1, ordering: .relaxed)
        while true {
          let part = next.add(1, ordering: .relaxed).oldValue
          if part >= 5 { break }
          sum.add(job + part, ordering: .relaxed)
        }
        if isOver.load(ordering: .relaxed) { late.add(1, ordering: .relaxed) }
      }
      isOver.store(true, ordering: .relaxed)
      let isRight =
        isRun && sum.load(ordering: .relaxed) == 5 * job + 10
        && (1...2 + job % 3).contains(calls.load(ordering: .relaxed))
      if !isRight { wrong.add(1, ordering: .relaxed) }
    }
    #expect(late.load(ordering: .relaxed) == 0)
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  @Test func `many callers at once each get their own sums`() {
    let wrong = Atomic(0)
    onThreads(4) { caller in
      for job in 0..<2000 {
        let sum = Atomic(0)
        Workers(3).forEach(6) { sum.add(caller + job * $0, ordering: .relaxed) }
        if sum.load(ordering: .relaxed) != 6 * caller + 15 * job {
          wrong.add(1, ordering: .relaxed)
        }
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  @Test func `parts may distribute work of their own`() throws {
    let sum = Atomic(0)
    for _ in 0..<200 {
      Workers(2).forEach(3) { outer in
        Workers(3).forEach(4) { sum.add(outer * $0, ordering: .relaxed) }
      }
      try Workers(3).forEachStep(2, parts: 2) { _, part in
        Workers(2).forEach(2) { sum.add(part + $0, ordering: .relaxed) }
      }
    }
    #expect(sum.load(ordering: .relaxed) == 200 * (18 + 8))
  }

  @Test(arguments: 0...3) func `each of fewer parts than threads is called once`(_ parts: Int) {
    let calls = Mutex([Int](repeating: 0, count: parts))
    for _ in 0..<500 { Workers(4).forEach(parts) { part in calls.withLock { $0[part] += 1 } } }
    #expect(calls.withLock(\.self) == [Int](repeating: 500, count: parts))
  }

  @Test(arguments: 2...4) func `helpers that sleep are woken`(_ threads: Int) {
    let helpers = HelperThreads()
    meet(threads, on: helpers) {}
    for _ in 0..<50 {
      wait { helpers.asleep == threads - 1 }
      meet(threads, on: helpers) {}
    }
  }

  @Test func `a caller waits for a helper that works longer than it does`() {
    let helpers = HelperThreads()
    let me = pthread_self()
    let isDone = Atomic(false)
    meet(2, on: helpers) {
      if pthread_self() == me { return }
      // Longer than the caller looks out for the end.
      for _ in 0..<20_000 { sched_yield() }
      isDone.store(true, ordering: .relaxed)
    }
    #expect(isDone.load(ordering: .relaxed) == true)
  }

  @Test func `helpers that are taken are refused without a call, and free again afterwards`() {
    let helpers = HelperThreads()
    let refusals = Atomic(0)
    let calls = Atomic(0)
    meet(2, on: helpers) {
      if !helpers.run(2, { calls.add(1, ordering: .relaxed) }) {
        refusals.add(1, ordering: .relaxed)
      }
    }
    #expect(refusals.load(ordering: .relaxed) == 2)
    #expect(calls.load(ordering: .relaxed) == 0)
    #expect(helpers.run(1) { calls.add(1, ordering: .relaxed) })
    #expect(calls.load(ordering: .relaxed) == 1)
  }

  @Test func `helpers leave signals to the other threads, except for faults`() {
    let before = unblocked()
    let found = Mutex<[Bool: Set<CInt>]>([:])
    let me = pthread_self()
    meet(2, on: HelperThreads()) {
      let signals = unblocked()
      found.withLock { $0[pthread_self() == me] = signals }
    }
    let masks = found.withLock(\.self)
    #expect(masks[false] == [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS])
    #expect(masks[true] == before)
  }
}

/// Calls `body` on so many threads once all of them are there.
private func meet(_ threads: Int, on helpers: HelperThreads, _ body: @Sendable () -> Void) {
  let arrived = Atomic(0)
  let called = Atomic(0)
  let isRun = helpers.run(threads) {
    arrived.add(1, ordering: .relaxed)
    wait { arrived.load(ordering: .relaxed) == threads }
    body()
    called.add(1, ordering: .relaxed)
  }
  #expect(isRun)
  #expect(called.load(ordering: .relaxed) == threads)
}

private func wait(until condition: () -> Bool) {
  while !condition() { sched_yield() }
}

/// Calls `body` on so many threads of its own.
private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let ends = DispatchSemaphore(value: 0)
  for thread in 0..<count {
    Thread.detachNewThread {
      body(thread)
      ends.signal()
    }
  }
  for _ in 0..<count { ends.wait() }
}

/// The signals that this thread takes.
private func unblocked() -> Set<CInt> {
  var blocked = sigset_t()
  unsafe pthread_sigmask(SIG_SETMASK, nil, &blocked)
  return Set(
    (1...31).filter { number in
      let isBlocked = unsafe sigismember(&blocked, number) != 0
      return number != SIGKILL && number != SIGSTOP && !isBlocked
    })
}
