/// Bytes that come in parts, of which only those at hand are in memory: a file's or a pipe's.
///
/// A byte order mark is taken off, UTF-16 comes out as UTF-8, and carriage returns that alone end the
/// lines come out as line feeds, so that whoever reads lines and fields knows one form only.
public struct ByteStream {
  private let refill: () throws -> [UInt8]
  private var transcoder: UTF16Transcoder?
  private var isAtEnd = false
  /// Lines end with carriage returns alone, as old Macs wrote them.
  private var hasReturnsOnly = false
  /// What the user says; nil where it is to be found out.
  private let givenEncoding: SourceEncoding?

  /// How the bytes are written; known after the first of them was read.
  public private(set) var encoding: SourceEncoding?
  /// Bytes taken from the source, to tell how far the reading is.
  public private(set) var bytesRead = 0

  /// Bytes at hand.
  private(set) var window: [UInt8] = []
  /// The first byte of the window that nobody has used up.
  private(set) var start = 0
  /// Bytes of the present line or field that were let go because it is too long.
  private var skipped = 0

  /// - Parameter refill: returns the next bytes, none at the end; what it throws ends the reading.
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

  /// Bytes that a source may hand over at once.
  public static let partSize = 256 << 10
  /// A line or a quoted field that is longer is no text any more but a broken file.
  static let lineLimit = 16 << 20
  /// Of what is too long to keep so much is passed over: then it is no file that ends, as /dev/zero.
  static let skipLimit = 512 << 20

  private static let carriageReturn = UInt8(ascii: "\r")
  private static let lineFeed = UInt8(ascii: "\n")

  /// Brings more bytes into the window; false at the end.
  mutating func extend() throws -> Bool {
    if encoding == nil { return try begin() }
    guard !isAtEnd else { return false }
    return append(try next())
  }

  /// Lets go of the bytes before an index of the window; indices keep their meaning only until then.
  /// - Returns: by how much the indices of the bytes that stay have fallen.
  mutating func discard(before index: Int) -> Int {
    skipped = 0
    return release(before: index)
  }

  /// Lets go of a part of a line or field that is too long, whose end is not in sight yet.
  /// - Returns: as `discard`.
  /// - Throws: `TextFileError.endless`.
  mutating func skip(before index: Int) throws -> Int {
    skipped += index - start
    guard skipped <= Self.skipLimit else { throw TextFileError.endless(bytes: Self.skipLimit) }
    return release(before: index)
  }

  private mutating func release(before index: Int) -> Int {
    start = index
    // Moving the rest costs as much as there is: it is done once for many lines.
    guard index >= Self.partSize || index == window.count else { return 0 }
    window.removeFirst(index)
    start = 0
    return index
  }

  /// The next line without its end (`\n`, `\r\n`); nil at the end. Of a line that is longer than
  /// `lineLimit` no more than that is ever in memory.
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

  /// The first bytes tell the encoding; a pipe may bring them one by one.
  private mutating func begin() throws -> Bool {
    var first: [UInt8] = []
    while first.count < SourceEncoding.bytesToTell {
      let bytes = try next()
      if bytes.isEmpty { break }
      first += bytes
    }
    // The first line's end tells how lines end.
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
