internal import Glibc

/// Where results are written, piece by piece: a file or standard output.
struct Sink: ~Copyable {
  private let descriptor: Int32
  private let path: String?
  /// Escape sequences for colours make sense there.
  let isTerminal: Bool

  /// - Throws: `Failure` where the file can't be made.
  init(path: String?) throws {
    self.path = path
    guard let path else {
      descriptor = 1
      isTerminal = isatty(1) == 1
      return
    }
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    isTerminal = false
    guard descriptor >= 0 else {
      throw Failure.usage("can't write \(path): \(Messages.reason(errno: errno))")
    }
  }

  deinit {
    if path != nil { close(descriptor) }
  }

  /// - Throws: `Failure` where the disk is full or the reader is gone.
  func write(_ text: String) throws { try write(bytes: Array(text.utf8)[...]) }

  /// - Throws: as `write`.
  func write(bytes: ArraySlice<UInt8>) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        let reason = Messages.reason(errno: errno)
        throw Failure.run("can't write \(path ?? "standard output"): \(reason)")
      }
      rest = rest.dropFirst(count)
    }
  }
}
