internal import Glibc
internal import Synchronization

/// A running program with pipes to its standard input and from its standard output; its standard
/// error is ours. It has a process group of its own, which ends with it.
///
/// A watcher holds a pipe that closes however this program ends, and then ends the group: a model
/// that is busy does not notice that nobody reads it any more.
final class ChildProcess: Sendable {
  let input: Int32
  let output: Int32
  private let process: pid_t
  private let watcher: pid_t
  private let lifeline: Int32
  /// What `waitpid` said, once it said it.
  private let ended = Mutex<Int32?>(nil)

  /// - Parameter command: for `/bin/sh -c`.
  /// - Throws: `ExternalProcessError.notStarted`.
  init(command: String) throws {
    let toChild = try Pipe()
    let fromChild = try Pipe()
    let life = try Pipe()
    process = try Self.spawn(
      ["/bin/sh", "-c", command], streams: [(toChild.readEnd, 0), (fromChild.writeEnd, 1)])
    watcher =
      (try? Self.spawn(
        ["/bin/sh", "-c", "read -r _; kill -9 -\(process)"], streams: [(life.readEnd, 0)])) ?? 0
    input = toChild.takeWriteEnd()
    output = fromChild.takeReadEnd()
    lifeline = life.takeWriteEnd()
    for descriptor in [input, output] {
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }
  }

  deinit {
    close(input)
    close(output)
    kill(-process, SIGKILL)
    _ = wait(process, patience: nil)
    // The watcher goes before its pipe: its command must not meet a group that took the number over.
    if watcher > 0 {
      kill(-watcher, SIGKILL)
      _ = Self.waitForEver(watcher)
    }
    close(lifeline)
  }

  /// How the program ended: its status, negative for a signal. Its output is closed, so it is given a
  /// moment to end by itself.
  func finalStatus() -> Int32 {
    var found = wait(process, patience: 20)
    if found == nil {
      kill(-process, SIGKILL)
      found = wait(process, patience: nil)
    }
    let status = found ?? 0
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : -signal
  }

  /// - Parameter patience: in hundredths of a second; nil has no end.
  private func wait(_ process: pid_t, patience: Int?) -> Int32? {
    ended.withLock { ended in
      if ended != nil { return ended }
      guard let patience else {
        ended = Self.waitForEver(process)
        return ended
      }
      for _ in 0..<patience {
        var status: Int32 = 0
        if unsafe waitpid(process, &status, WNOHANG) == process {
          ended = status
          return ended
        }
        _ = poll(nil, 0, 10)
      }
      return nil
    }
  }

  private static func waitForEver(_ process: pid_t) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }

  /// - Parameter streams: our descriptors and the numbers that they have there.
  private static func spawn(
    _ arguments: [String], streams: [(own: Int32, there: Int32)]
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (own, there) in streams {
      unsafe posix_spawn_file_actions_adddup2(&actions, own, there)
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    // POSIX_SPAWN_SETPGROUP, _SETSIGDEF, _SETSIGMASK, which Glibc's module leaves out.
    unsafe posix_spawnattr_setflags(&attributes, 0x02 | 0x04 | 0x08)
    var process = pid_t()
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    let code = unsafe posix_spawn(&process, arguments[0], &actions, &attributes, &words, environ)
    guard code == 0 else { throw ExternalProcessError.notStarted(code: code) }
    return process
  }
}

/// A pipe whose ends close with it, but for those that were taken.
private final class Pipe {
  private(set) var readEnd: Int32 = -1
  private(set) var writeEnd: Int32 = -1

  init() throws {
    var ends: [Int32] = [-1, -1]
    // No other program that is started meanwhile inherits them.
    guard unsafe pipe(&ends) == 0 else {
      throw ExternalProcessError.notStarted(code: errno)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    if readEnd >= 0 { close(readEnd) }
    if writeEnd >= 0 { close(writeEnd) }
  }

  func takeReadEnd() -> Int32 {
    defer { readEnd = -1 }
    return readEnd
  }

  func takeWriteEnd() -> Int32 {
    defer { writeEnd = -1 }
    return writeEnd
  }
}
