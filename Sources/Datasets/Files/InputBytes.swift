internal import Glibc

/// The bytes of a file or of standard input (`-`), part by part.
package final class InputBytes {
  private let path: String
  private let file: OpenFile
  /// The total size in bytes; nil for a pipe.
  private let count: Int?
  private var taken = 0
  /// Reading stops at the first end: a terminal would require a second key press.
  private var isAtEnd = false
  /// For a pipe, the bytes that were read on opening.
  private var first: [UInt8]
  /// Small parts for a small file, so that `share` makes progress.
  private let partSize: Int

  /// - Throws: `TextFileError.unreadable`.
  package init(path: String) throws {
    self.path = path
    let opened =
      try path == "-" ? Opened(file: .standardInput) : Self.open(path)
    (file, count, first) = (opened.file, opened.count, opened.first)
    partSize = min(ByteStream.partSize, max(4096, (count ?? .max) / 200))
  }

  /// The fraction of the file that has been read, from 0 to 1; nil if its size is not known.
  package var share: Double? {
    count.map { $0 == 0 ? 1 : min(1, Double(taken) / Double($0)) }
  }

  /// - Returns: the next bytes; empty at the end.
  /// - Throws: `TextFileError.unreadable`.
  package func next() throws -> [UInt8] {
    if !first.isEmpty {
      defer { first = [] }
      return first
    }
    var part = [UInt8](repeating: 0, count: partSize)
    var filled = 0
    while filled < part.count, !isAtEnd {
      let count = unsafe part.withUnsafeMutableBytes {
        unsafe read(file.descriptor, $0.baseAddress.map { unsafe $0 + filled }, $0.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw TextFileError.unreadable(path: path, reason: SystemReason.sentence(errno: errno))
      }
      isAtEnd = count == 0
      filled += count
    }
    taken += filled
    return Array(part.prefix(filled))
  }

  /// The rest of the input, as a single text.
  /// - Throws: `TextFileError.unreadable`, also if it is longer than any text.
  package func all() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = try next()
      if part.isEmpty { return bytes }
      bytes += part
      guard bytes.count <= Self.largestText else {
        throw TextFileError.unreadable(
          path: path,
          reason: "it has more than \(Self.largestText >> 20) MB, which is too long for a text")
      }
    }
  }

  private static let largestText = 64 << 20
}

// MARK: - Opening

extension InputBytes {
  private struct Opened {
    let file: OpenFile
    /// The total size in bytes; nil for a pipe.
    var count: Int?
    /// Bytes that have already been read.
    var first: [UInt8] = []
  }

  /// A file descriptor that is closed on deinitialisation.
  fileprivate final class OpenFile {
    static var standardInput: OpenFile { OpenFile(STDIN_FILENO) }

    let descriptor: Int32

    init(_ descriptor: Int32) {
      self.descriptor = descriptor
    }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }
  }

  private static func open(_ path: String) throws -> Opened {
    func unreadable(_ reason: String) -> TextFileError {
      .unreadable(path: path, reason: reason)
    }
    // Without O_NONBLOCK, opening a pipe that nobody writes to would block forever.
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(SystemReason.sentence(errno: errno)) }
    var opened = Opened(file: OpenFile(descriptor))
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw unreadable(SystemReason.sentence(errno: errno))
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: opened.count = Int(status.st_size)
    case S_IFIFO:
      guard let first = beginning(ofPipe: descriptor) else {
        throw unreadable("it is a pipe that nobody writes to")
      }
      opened.first = first
    default: break
    }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    return opened
  }

  /// What a pipe already contains, possibly nothing; nil if nobody has opened its other end. A
  /// writer that opens it at the same time may be a moment late.
  private static func beginning(ofPipe descriptor: Int32) -> [UInt8]? {
    for _ in 0..<20 {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = unsafe read(descriptor, &bytes, bytes.count)
      if count > 0 { return Array(bytes.prefix(count)) }
      if count < 0 { return [] }
      usleep(100_000)
    }
    return nil
  }
}
