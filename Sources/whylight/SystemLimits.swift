internal import Glibc
internal import Reports

/// System limits that would otherwise end the program in the middle of its work, without a message.
enum SystemLimits {
  /// Twice what the explorer uses at once with a data set, its store and an external program.
  private static let descriptors: rlim_t = 64
  private static let threads = 4
  /// A frame is a file in memory, which counts against the limit.
  private static let fileBytes: rlim_t = 1 << 20

  /// Raises the limits that can be raised.
  /// - Parameter needsScreen: whether the explorer is about to start.
  /// - Throws: `Failure` with the limit that is too low.
  static func check(needsScreen: Bool) throws {
    let open = raised(__rlimit_resource_t(7), to: 1024)  // RLIMIT_NOFILE
    guard open >= descriptors else {
      throw Failure.run(
        "at most \(open) files may be open at once here; \(descriptors) are needed (ulimit -n)")
    }
    if needsScreen {
      let bytes = raised(__rlimit_resource_t(1), to: .max)  // RLIMIT_FSIZE
      guard bytes >= fileBytes else {
        throw Failure.run(
          "a file may have at most \(bytes) bytes here; the explorer needs \(fileBytes) (ulimit -f)"
        )
      }
    }
    let code = threadFailure()
    guard code == 0 else {
      throw Failure.run(
        "no more threads can be started here: \(Messages.reason(errno: code)) (ulimit -u)")
    }
  }

  /// - Returns: the limit that now applies.
  private static func raised(_ resource: __rlimit_resource_t, to wanted: rlim_t) -> rlim_t {
    var limit = rlimit()
    guard unsafe getrlimit(resource, &limit) == 0 else { return .max }
    guard limit.rlim_cur < wanted else { return limit.rlim_cur }
    var higher = limit
    higher.rlim_cur = min(wanted, limit.rlim_max)
    return unsafe setrlimit(resource, &higher) == 0 ? higher.rlim_cur : limit.rlim_cur
  }

  /// Starts as many threads as are needed at least, all at once.
  /// - Returns: the system's error code; 0 on success.
  private static func threadFailure() -> Int32 {
    var gate: [Int32] = [-1, -1]
    guard unsafe pipe(&gate) == 0 else { return errno }
    var started: [pthread_t] = []
    var code: Int32 = 0
    while code == 0, started.count < threads {
      var thread = pthread_t()
      let descriptor = unsafe UnsafeMutableRawPointer(bitPattern: Int(gate[0]))
      code = unsafe pthread_create(
        &thread, nil,
        { descriptor in
          // Blocks until the gate is closed.
          var byte: UInt8 = 0
          _ = unsafe read(Int32(Int(bitPattern: descriptor)), &byte, 1)
          return nil
        }, descriptor)
      if code == 0 { started.append(thread) }
    }
    close(gate[1])
    for thread in started { pthread_join(thread, nil) }
    close(gate[0])
    return code
  }
}
