internal import Explorer
internal import Glibc
internal import Ncurses

/// Breaks the program on purpose, so that a test sees the terminal restored.
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

/// Never ends, and the compiler can't know it: a process's number is never 0. What is called after
/// the recursion keeps it from becoming a loop.
private func descend(_ depth: Int) -> Int {
  guard getpid() != 0 else { return depth }
  let deeper = descend(depth + 1)
  return deeper &+ Int(getppid())
}
