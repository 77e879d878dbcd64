internal import Explorer
internal import Glibc
internal import Ncurses

/// Crashes on purpose, for the test that the terminal is restored.
func crashOnPurpose(_ crash: Crash) {
  let none: [Int] = []
  switch crash {
  case .trap: fatalError("a trap was asked for")
  case .oob: _ = none[Int(getpid())]
  case .worker: Task.detached { _ = none[Int(getpid())] }
  case .abort: abort()
  case .overflow: print(descend(Int(getpid())))
  case .workeroverflow:
    Task.detached {
      CrashCover.coverThisThread()
      print(descend(Int(getpid())))
    }
  }
}

/// Infinite recursion that the compiler cannot detect: a process's number is never 0. The call
/// after the recursion keeps it from being turned into a loop.
private func descend(_ depth: Int) -> Int {
  guard getpid() != 0 else { return depth }
  let deeper = descend(depth + 1)
  return deeper &+ Int(getppid())
}
