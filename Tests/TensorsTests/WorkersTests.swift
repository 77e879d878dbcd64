import Foundation
import Synchronization
import Tensors
import Testing

struct WorkersTests {
  @Test(arguments: 1...4) func `no part of a step begins before the step before is done`(
    _ threads: Int
  ) throws {
    let (steps, parts) = (200, 5)
    let done = Mutex([Int](repeating: 0, count: steps))
    let early = Atomic(0)
    try Workers(threads).forEachStep(steps, parts: parts) { step, part in
      if step > 0, done.withLock({ $0[step - 1] }) < parts { early.add(1, ordering: .relaxed) }
      done.withLock { $0[step] += 1 }
    }
    #expect(early.load(ordering: .relaxed) == 0)
    #expect(done.withLock(\.self) == [Int](repeating: parts, count: steps))
  }

  @Test func `every second step begins with the parts that the step before read last`() throws {
    let order = Mutex<[Int]>([])
    try Workers.one.forEachStep(3, parts: 3) { _, part in order.withLock { $0.append(part) } }
    #expect(order.withLock(\.self) == [0, 1, 2, 2, 1, 0, 0, 1, 2])
  }

  @Test func `steps end with the task`() async {
    let count = Atomic(0)
    let task = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      try Workers(2).forEachStep(1000, parts: 3) { _, _ in count.add(1, ordering: .relaxed) }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(count.load(ordering: .relaxed) == 0)
  }

  /// The thread is one that no task runs on, as those are that a computation is spread over.
  @Test(.timeLimit(.minutes(2))) func `a part on another thread ends with the task`() async {
    let (begun, ends) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let task = Task {
      _ = try Workers(2).map(1) { (_: Int, workers: Workers) in
        Thread.detachNewThread {
          begun.signal()
          while (try? workers.forEachStep(1, parts: 1) { _, _ in }) != nil {}
          ends.signal()
        }
        ends.wait()
      }
      try Task.checkCancellation()
    }
    // A task's thread may not be there to cancel it.
    Thread.detachNewThread {
      begun.wait()
      task.cancel()
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `rows are spread from a base and added up again`() {
    let (base, change): ([Float], [Float]) = ([1, 2, 3, 4], [10, 20, 30, 40])
    let rows = spread(base: base, change: change, factors: [0, 0.5, -1], columns: 2)
    #expect(rows == [1, 2, 6, 12, -9, -18, 3, 4, 18, 24, -27, -36])
    var sums: [Float] = [100, 0, 0, 0]
    addRows(0..<3, of: rows, rows: 3, steps: sums.count / 2, columns: 2, to: &sums)
    #expect(sums == [98, -4, -6, -8])
    addRows(1..<2, of: rows, rows: 3, steps: sums.count / 2, columns: 2, to: &sums)
    #expect(sums == [104, 8, 12, 16])
  }
}
