internal import FoundationEssentials
internal import Glibc

/// A program of the system that reads its input, writes its output and exits, such as
/// `rsvg-convert`.
package struct ToolProcess: Sendable {
  /// The result of a program that has exited.
  package struct Outcome: Sendable {
    /// The exit status; the negative number of a signal that ended the program.
    package var status: Int32
    package var output: [UInt8]
    package var errors: [UInt8]
  }

  /// The program could not be started; with the system's error number.
  package struct NotStarted: Error {
    package var code: Int32
  }

  private let words: [String]

  /// - Parameter name: a path, or a name that is searched for in `$PATH`.
  package init(_ name: String, _ arguments: [String]) {
    words = [name] + arguments
  }

  /// Runs the program to its end. Its streams are files, so that neither side waits for the other.
  /// - Parameter input: the contents of its standard input.
  /// - Throws: `NotStarted`.
  package func run(input: [UInt8]) throws(NotStarted) -> Outcome {
    let streams = [try NamelessFile(), try NamelessFile(), try NamelessFile()]
    try streams[0].fill(input)
    let process = try start(with: streams)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Outcome(
      status: signal == 0 ? (status >> 8) & 0xFF : -signal, output: streams[1].content,
      errors: streams[2].content)
  }

  private func start(with streams: [NamelessFile]) throws(NotStarted) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, stream.descriptor, Int32(number))
    }
    // Our threads block signals that the program should receive.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    /// POSIX_SPAWN_SETSIGMASK, which Glibc's module leaves out
    let setsSignalMask: Int16 = 0x08
    unsafe posix_spawnattr_setflags(&attributes, setsSignalMask)
    var process = pid_t()
    var pointers = unsafe words.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe pointers.indices { unsafe free(pointers[index]) }
    }
    let code = unsafe posix_spawnp(&process, words[0], &actions, &attributes, &pointers, environ)
    guard code == 0 else { throw NotStarted(code: code) }
    return process
  }
}

/// A file that is deleted together with this object.
private final class NamelessFile {
  let descriptor: Int32

  init() throws(ToolProcess.NotStarted) {
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    let path = "\(folder)/whylight-\(UUID().uuidString)"
    // Programs started by other threads must not inherit it.
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ToolProcess.NotStarted(code: errno) }
    _ = unsafe unlink(path)
  }

  deinit { close(descriptor) }

  /// Writes the contents and rewinds the file.
  func fill(_ bytes: [UInt8]) throws(ToolProcess.NotStarted) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ToolProcess.NotStarted(code: errno) }
      rest = rest.dropFirst(count)
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  var content: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
    var filled = 0
    while filled < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe pread(
          descriptor, $0.baseAddress.map { unsafe $0 + filled }, $0.count - filled, off_t(filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }
}
