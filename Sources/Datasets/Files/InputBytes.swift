internal import Glibc

/// The bytes of a file, or of standard input (`-`), part by part.
package final class InputBytes {
  private let path: String
  private let file: OpenFile
  /// Bytes in all; nil of a pipe.
  private let count: Int?
  private var taken = 0
  /// Nobody is asked again: a terminal's end is a key that would have to be pressed a second time.
  private var isAtEnd = false
  /// Of a pipe, what was read when it was opened.
  private var first: [UInt8]
  /// Small parts of a small file, so that `share` tells something.
  private let partSize: Int

  /// - Throws: `TextFileError.unreadable`.
  package init(path: String) throws {
    self.path = path
    let opened =
      try path == "-" ? Opened(file: .standardInput) : Self.open(path)
    (file, count, first) = (opened.file, opened.count, opened.first)
    partSize = min(ByteStream.partSize, max(4096, (count ?? .max) / 200))
  }

  /// How much of the file was read, from 0 to 1; nil where its size is not known.
  package var share: Double? {
    count.map { $0 == 0 ? 1 : min(1, Double(taken) / Double($0)) }
  }

  /// - Returns: the next bytes, none at the end.
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

  /// All that is left, for a text that is read as one.
  /// - Throws: `TextFileError.unreadable`, also where there is more than any text has.
  package func all() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = try next()
      if part.isEmpty { return bytes }
      bytes += part
      guard bytes.count <= Self.largestText else {
        throw TextFileError.unreadable(
          path: path,
          reason: "it has more than \(Self.largestText >> 20) MB, which is no text for a model")
      }
    }
  }

  private static let largestText = 64 << 20
}

// MARK: - Opening

extension InputBytes {
  private struct Opened {
    let file: OpenFile
    /// Bytes in all; nil of a pipe.
    var count: Int?
    /// What was read already.
    var first: [UInt8] = []
  }

  /// A descriptor that is closed with its owner.
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
    // Without O_NONBLOCK the opening of a pipe that nobody writes to would wait for ever.
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

  /// What stands in a pipe already, which may be nothing; nil where nobody has its other end. Who opens
  /// that at the same time as we open ours may be a moment late.
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
