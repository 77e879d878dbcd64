/// Cuts bytes into rows of fields; a quoted field may hold delimiters, line ends and doubled quotes
/// (RFC 4180).
///
/// Written here because a bad row has to be reported with its line while the reading goes on, which
/// the packaged readers don't do: one stray quote ends the whole file there.
struct RowReader {
  let delimiter: UInt8
  private var line = 1
  /// The next byte, as an index of the stream's window.
  private var index = 0

  init(delimiter: UInt8) {
    self.delimiter = delimiter
  }

  struct Row {
    var line: Int
    var fields: Result<[String], TextLineProblem>
  }

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")

  mutating func next(_ source: inout TableSource) throws -> Row? {
    index = source.stream.start
    guard try isAvailable(&source) else { return nil }
    let first = line
    var fields: [String] = []
    var problem: TextLineProblem?
    while true {
      switch try field(&source) {
      case .success(let text): fields.append(text)
      case .failure(let found): problem = problem ?? found
      }
      guard try isAvailable(&source), source.stream.window[index] == delimiter else { break }
      index += 1
    }
    if try isAvailable(&source) { index += 1 }  // the line feed
    line += 1
    _ = source.stream.discard(before: index)
    return Row(line: first, fields: problem.map(Result.failure) ?? .success(fields))
  }

  /// Whether there is a byte at `index`. Bytes from the row's start on stay in the window.
  private func isAvailable(_ source: inout TableSource) throws -> Bool {
    while index >= source.stream.window.count {
      guard try source.stream.extend() else { return false }
    }
    return true
  }

  /// One field; afterwards `index` is at a delimiter, a line feed or the end.
  private mutating func field(
    _ source: inout TableSource
  ) throws -> Result<String, TextLineProblem> {
    guard try isAvailable(&source), source.stream.window[index] == Self.quote else {
      return try bare(&source).flatMap { source.decoder.result($0) }
    }
    let start = index
    let startLine = line
    index += 1
    var content: [UInt8] = []
    while try isAvailable(&source), index - start <= ByteStream.lineLimit {
      let byte = source.stream.window[index]
      index += 1
      if byte == Self.newline { line += 1 }
      if byte != Self.quote {
        content.append(byte)
      } else if try isAvailable(&source), source.stream.window[index] == Self.quote {
        content.append(Self.quote)
        index += 1
      } else {
        return try bare(&source).flatMap { source.decoder.result(content + $0) }
      }
    }
    // Never closed: give up this line only, so that one stray quote doesn't swallow the file.
    index = start
    line = startLine
    _ = try skip(&source, toDelimiter: false)
    return .failure(.openQuote)
  }

  /// What stands before the next delimiter or line end.
  private mutating func bare(
    _ source: inout TableSource
  ) throws -> Result<ArraySlice<UInt8>, TextLineProblem> {
    let start = index
    guard try skip(&source, toDelimiter: true) else {
      return .failure(.tooLong(bytes: ByteStream.lineLimit))
    }
    let window = source.stream.window
    let atLineEnd = index == window.count || window[index] == Self.newline
    let hasReturn = atLineEnd && index > start && window[index - 1] == UInt8(ascii: "\r")
    return .success(window[start..<(hasReturn ? index - 1 : index)])
  }

  /// Moves on to the line's end, or to a delimiter before it; false where that is too far to keep.
  private mutating func skip(_ source: inout TableSource, toDelimiter: Bool) throws -> Bool {
    var start = index
    var fits = true
    while try isAvailable(&source) {
      let byte = source.stream.window[index]
      if byte == Self.newline || (toDelimiter && byte == delimiter) { return fits }
      index += 1
      if index - start > ByteStream.lineLimit {
        // The row is lost already: its bytes need not stay.
        fits = false
        index -= source.stream.discard(before: index)
        start = index
      }
    }
    return fits
  }
}

extension FieldDecoder {
  mutating func result(_ bytes: some BidirectionalCollection<UInt8>) -> Result<
    String, TextLineProblem
  > {
    text(bytes).map(Result.success) ?? .failure(.notUTF8)
  }
}
