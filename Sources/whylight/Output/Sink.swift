internal import Glibc

/// Where results are written, piece by piece: a file or standard output.
struct Sink: ~Copyable {
  /// nil is standard output.
  private let file: WholeFile?
  /// Escape sequences for colours make sense there.
  let isTerminal: Bool

  /// - Throws: `Failure` where the file can't be made.
  init(path: String?) throws {
    isTerminal = path == nil && isatty(1) == 1
    do {
      file = try path.map { try WholeFile(path: $0) }
    } catch let error as WholeFileError {
      throw Failure.usage(Messages.sentence(error))
    }
  }

  /// - Throws: `Failure` where the disk is full or the reader is gone.
  func write(_ text: String) throws { try write(bytes: Array(text.utf8)[...]) }

  /// - Throws: as `write`.
  func write(bytes: ArraySlice<UInt8>) throws {
    try naming {
      guard file == nil else { return try file?.write(bytes) ?? () }
      var rest = bytes
      while !rest.isEmpty {
        let count = unsafe rest.withUnsafeBytes {
          unsafe Glibc.write(1, $0.baseAddress, $0.count)
        }
        if count < 0 {
          if errno == EINTR { continue }
          throw WholeFileError.unwritable(path: "standard output", code: errno)
        }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// All is written: a file stands at its place from now on. Without it the older one stays.
  /// - Throws: `Failure`.
  func finish() throws {
    try naming { try file?.finish() }
  }

  private func naming(_ body: () throws -> Void) throws {
    do { try body() } catch let error as WholeFileError {
      throw Failure.run(Messages.sentence(error))
    }
  }
}
