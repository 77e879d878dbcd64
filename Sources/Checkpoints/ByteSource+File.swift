internal import Glibc

extension ByteSource {
  /// The bytes of a file, which stays open as long as the source exists.
  ///
  /// The file is read, not mapped: if it shrinks while it is open, reading throws an error instead
  /// of raising a signal, and converted weights do not count twice as memory.
  /// - Throws: `CheckpointError.unreadable`; `.notAFile` for a folder, a pipe or a device.
  public init(path: String) throws {
    let file = try OpenFile(path: path)
    self.init(count: file.size, bytes: file.read)
  }
}

/// A file descriptor that is closed on deinitialisation.
private final class OpenFile: Sendable {
  let size: Int
  private let descriptor: Int32

  init(path: String) throws {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would block forever.
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw CheckpointError.unreadable(code: errno) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw CheckpointError.unreadable(code: code)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw CheckpointError.notAFile
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  @Sendable func read(_ part: Range<Int>) throws -> [UInt8] {
    var failure: CheckpointError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: part.count) { buffer, filled in
      while filled < part.count, failure == nil {
        let rest = unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let got = unsafe pread(
          descriptor, rest.baseAddress, part.count - filled, part.lowerBound + filled)
        if got > 0 {
          filled += got
        } else if got == 0 {
          failure = .cutShort(needed: part.upperBound, found: part.lowerBound + filled)
        } else if errno != EINTR {
          failure = .unreadable(code: errno)
        }
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
