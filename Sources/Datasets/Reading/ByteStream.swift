/// The bytes of a file or a pipe, read in parts, of which only a window is in memory.
///
/// A byte order mark is removed, UTF-16 is converted to UTF-8, and carriage returns that end lines
/// alone are converted to line feeds, so that readers of lines and fields deal with one form only.
public struct ByteStream {
  private let refill: () throws -> [UInt8]
  private var transcoder: UTF16Transcoder?
  private var isAtEnd = false
  /// Whether lines end with carriage returns alone, as on old Macs.
  private var hasReturnsOnly = false
  /// The encoding by the user's choice; nil to detect it.
  private let givenEncoding: SourceEncoding?

  /// The encoding; known after the first bytes were read.
  public private(set) var encoding: SourceEncoding?
  /// How many bytes were taken from the source, to report progress.
  public private(set) var bytesRead = 0

  /// Bytes at hand.
  private(set) var window: [UInt8] = []
  /// The first unused byte of the window.
  private(set) var start = 0
  /// How many bytes of the current line or field were dropped because it is too long.
  private var skipped = 0

  /// - Parameter refill: returns the next bytes, none at the end; an error that it throws ends
  ///   reading.
  public init(encoding: SourceEncoding? = nil, refill: @escaping () throws -> [UInt8]) {
    self.refill = refill
    givenEncoding = encoding
  }

  public init(_ bytes: [UInt8], encoding: SourceEncoding? = nil) {
    var rest: [UInt8]? = bytes
    self.init(encoding: encoding) {
      defer { rest = nil }
      return rest ?? []
    }
  }

  /// The most bytes that a source may return at once.
  public static let partSize = 256 << 10
  /// A longer line or quoted field indicates a broken file.
  static let lineLimit = 16 << 20
  /// The most bytes of a too long line that are skipped; beyond that the file has no end, like
  /// /dev/zero.
  static let skipLimit = 512 << 20

  private static let carriageReturn = UInt8(ascii: "\r")
  private static let lineFeed = UInt8(ascii: "\n")

  /// Reads more bytes into the window; false at the end.
  mutating func extend() throws -> Bool {
    if encoding == nil { return try begin() }
    guard !isAtEnd else { return false }
    return append(try next())
  }

  /// Drops the bytes before an index of the window, which invalidates indices.
  /// - Returns: by how much the indices of the remaining bytes have decreased.
  mutating func discard(before index: Int) -> Int {
    skipped = 0
    return release(before: index)
  }

  /// Drops part of a too long line or field whose end is not in the window.
  /// - Returns: see `discard`.
  /// - Throws: `TextFileError.endless`.
  mutating func skip(before index: Int) throws -> Int {
    skipped += index - start
    guard skipped <= Self.skipLimit else { throw TextFileError.endless(bytes: Self.skipLimit) }
    return release(before: index)
  }

  private mutating func release(before index: Int) -> Int {
    start = index
    // Moving the rest takes time proportional to its size, so many lines are dropped at once.
    guard index >= Self.partSize || index == window.count else { return 0 }
    window.removeFirst(index)
    start = 0
    return index
  }

  /// The next line without its end (`\n`, `\r\n`); nil at the end. Of a line longer than
  /// `lineLimit`, no more than that is in memory.
  mutating func line() throws -> LineBytes? {
    var index = start
    while true {
      if let end = window[index...].firstIndex(of: UInt8(ascii: "\n")) {
        return removeLine(end: end, next: end + 1)
      }
      index = window.count
      if index - start > Self.lineLimit { return try skipLine() }
      let offset = index - start
      guard try extend() else {
        return start < window.count ? removeLine(end: window.count, next: window.count) : nil
      }
      index = start + offset
    }
  }

  enum LineBytes {
    case bytes(ArraySlice<UInt8>)
    case tooLong
  }

  private mutating func removeLine(end: Int, next: Int) -> LineBytes {
    let hasReturn = end > start && window[end - 1] == UInt8(ascii: "\r")
    let bytes = window[start..<(hasReturn ? end - 1 : end)]
    _ = discard(before: next)
    return bytes.count > Self.lineLimit ? .tooLong : .bytes(bytes)
  }

  private mutating func skipLine() throws -> LineBytes {
    repeat {
      _ = try skip(before: window.count)
      guard try extend() else { return .tooLong }
    } while window.firstIndex(of: UInt8(ascii: "\n")) == nil
    let end = window.firstIndex(of: UInt8(ascii: "\n")) ?? window.count - 1
    _ = discard(before: end + 1)
    return .tooLong
  }

  private mutating func next() throws -> [UInt8] {
    let bytes = try refill()
    bytesRead += bytes.count
    isAtEnd = bytes.isEmpty
    return bytes
  }

  /// The first bytes determine the encoding; a pipe may deliver them one by one.
  private mutating func begin() throws -> Bool {
    var first: [UInt8] = []
    while first.count < SourceEncoding.bytesToTell {
      let bytes = try next()
      if bytes.isEmpty { break }
      first += bytes
    }
    // The first line's end determines how lines end.
    while first.contains(Self.carriageReturn), !first.contains(Self.lineFeed),
      first.count < Self.partSize
    {
      let bytes = try next()
      if bytes.isEmpty { break }
      first += bytes
    }
    hasReturnsOnly = first.contains(Self.carriageReturn) && !first.contains(Self.lineFeed)
    let (found, markLength) = SourceEncoding.detect(first)
    let encoding = givenEncoding ?? found
    self.encoding = encoding
    if markLength > 0, encoding == found { first.removeFirst(markLength) }
    transcoder = encoding.isUTF16 ? UTF16Transcoder(encoding) : nil
    return append(first)
  }

  private mutating func append(_ bytes: [UInt8]) -> Bool {
    let count = window.count
    if var transcoder {
      transcoder.transcode(bytes, isLast: isAtEnd, to: &window)
      self.transcoder = transcoder
    } else {
      window += bytes
    }
    if hasReturnsOnly {
      for index in count..<window.count where window[index] == Self.carriageReturn {
        window[index] = Self.lineFeed
      }
    }
    return !bytes.isEmpty
  }
}
