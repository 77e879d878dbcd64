internal import FoundationEssentials
internal import Glibc
internal import Reports

/// The time from the program's start to its first picture, in a pseudo-terminal of its own.
enum FirstFrame {
  /// A picture of 120x36 takes more bytes than the sequences that prepare a terminal.
  private static let bytesOfAPicture = 600

  /// The first start fills the system's caches and is not counted.
  static func seconds(repeats: Int, model: String?) throws -> [Double] {
    Array(try (0...repeats).map { _ in try once(model) }.dropFirst())
  }

  private static func once(_ model: String?) throws -> Double {
    let controller = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // The requests of unlockpt and ptsname, which Glibc's module lacks (asm-generic/ioctls.h).
    let unlock: UInt = 0x4004_5431
    let askNumber: UInt = 0x8004_5430
    var isLocked: Int32 = 0
    var number: Int32 = 0
    guard controller >= 0, unsafe ioctl(controller, unlock, &isLocked) == 0,
      unsafe ioctl(controller, askNumber, &number) == 0
    else { throw Failure.run("can't open a pseudo-terminal: \(Messages.reason(errno: errno))") }
    defer { close(controller) }
    var size = winsize(ws_row: 36, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(controller, UInt(TIOCSWINSZ), &size)
    let clock = ContinuousClock()
    let start = clock.now
    let process = try spawn(on: "/dev/pts/\(number)", model)
    var received = 0
    while received < bytesOfAPicture, let count = read(controller) { received += count }
    let seconds = (clock.now - start) / .seconds(1)
    kill(process, SIGTERM)
    // Drains the remaining output, on which the program would block.
    while waitpid(process, nil, WNOHANG) == 0 { _ = read(controller) }
    guard received >= bytesOfAPicture else {
      throw Failure.run("the explorer drew nothing in a pseudo-terminal")
    }
    return seconds
  }

  /// The number of bytes; nil if none came for ten seconds or the terminal was closed.
  private static func read(_ descriptor: Int32) -> Int? {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&request, 1, 10_000) == 1 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
    return count > 0 ? count : nil
  }

  /// Starts this program in a session of its own; the first terminal that it opens controls it.
  private static func spawn(on terminal: String, _ model: String?) throws -> pid_t {
    let words =
      ["/proc/self/exe", "explore", "--fresh"] + (model.map { ["--model", $0] } ?? [])
    // A home folder of its own, so that no user's session is overwritten.
    let home = FileManager.default.temporaryDirectory.appending(path: "whylight-bench-home")
    let environment = [
      "TERM=xterm-256color", "LC_ALL=C.UTF-8", "HOME=\(home.path(percentEncoded: false))",
    ]
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for descriptor in Int32(0)...2 {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, terminal, O_RDWR, 0)
    }
    /// POSIX_SPAWN_SETSID, which Glibc's module lacks.
    let setsid: Int16 = 0x80
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(&attributes, setsid)
    var process = pid_t()
    let file = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let status = unsafe withCStrings(words) { words in
      unsafe withCStrings(environment) { environment in
        unsafe posix_spawn(&process, file, &actions, &attributes, words, environment)
      }
    }
    guard status == 0 else {
      throw Failure.run("can't start the explorer: \(Messages.reason(errno: status))")
    }
    return process
  }

  /// Calls `body` with a NULL-terminated list of C strings, as exec takes it.
  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe pointers.indices { unsafe free(pointers[index]) }
    }
    return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
      unsafe body(buffer.baseAddress.unsafelyUnwrapped)
    }
  }
}
