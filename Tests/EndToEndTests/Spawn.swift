import Foundation
import Glibc

/// Runs a program to its end, its standard streams bound to files.
///
/// Not Foundation's `Process`: that waits until nobody holds its socket any more, and a tmux server,
/// which inherits it, stays for as long as the test.
/// - Returns: the exit status, negative for the signal that ended it.
func spawn(
  _ path: String, _ arguments: [String], environment: [String: String],
  input: String = "/dev/null", output: String = "/dev/null", error: String = "/dev/null"
) throws -> Int32 {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  let write = O_WRONLY | O_CREAT | O_TRUNC
  for (descriptor, file) in [(Int32(0), input), (1, output), (2, error)] {
    unsafe posix_spawn_file_actions_addopen(
      &actions, descriptor, file, descriptor == 0 ? O_RDONLY : write, 0o600)
  }
  // The threads that tests run on block signals; a tmux server that inherits that outlives its test.
  var attributes = posix_spawnattr_t()
  unsafe posix_spawnattr_init(&attributes)
  defer { unsafe posix_spawnattr_destroy(&attributes) }
  var nothing = sigset_t()
  unsafe sigemptyset(&nothing)
  unsafe posix_spawnattr_setsigmask(&attributes, &nothing)
  /// POSIX_SPAWN_SETSIGMASK, which Glibc's module leaves out
  let setsSignalMask: Int16 = 0x08
  unsafe posix_spawnattr_setflags(&attributes, setsSignalMask)
  var process = pid_t()
  let status = unsafe withCStrings([path] + arguments) { words in
    unsafe withCStrings(environment.map { "\($0.key)=\($0.value)" }) { variables in
      unsafe posix_spawnp(&process, path, &actions, &attributes, words, variables)
    }
  }
  guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .EINVAL) }
  var result: Int32 = 0
  while unsafe waitpid(process, &result, 0) < 0, errno == EINTR {}
  let signal = result & 0x7F
  return signal == 0 ? (result >> 8) & 0xFF : -signal
}

private func withCStrings<Result>(
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
