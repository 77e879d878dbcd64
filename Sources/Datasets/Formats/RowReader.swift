/// Divides bytes into rows of fields; a quoted field may contain delimiters, line ends and doubled
/// quotes (RFC 4180).
///
/// A reader of our own, because bad rows have to be reported with their line while reading
/// continues; in the available packages, one stray quote ends the whole file.
struct RowReader {
  /// The meaning of quotes.
  enum Quoting: Sendable {
    /// A field that starts and ends with quotes is quoted. A closing quote inside a field is an
    /// ordinary character.
    case wherePaired
    /// Like `wherePaired`, for a table with one row per line: a quote that closes after whole rows,
    /// or never, is an ordinary character as well.
    case withinLines
    /// Every field that begins with a quote is quoted.
    case always
    /// Quotes are ordinary characters.
    case never
  }

  let delimiter: UInt8
  let quoting: Quoting
  /// How many fields a row should have, once known.
  var columns: Int?
  private var line: Int
  /// The index of the next byte in the stream's window.
  private var index = 0

  init(delimiter: UInt8, quoting: Quoting = .wherePaired, firstLine: Int = 1) {
    self.delimiter = delimiter
    self.quoting = quoting
    line = firstLine
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

  /// Whether there is a byte at `index`. The bytes of the current row stay in the window.
  private func isAvailable(_ source: inout TableSource) throws -> Bool {
    try isAvailable(&source, at: index)
  }

  private func isAvailable(_ source: inout TableSource, at index: Int) throws -> Bool {
    while index >= source.stream.window.count {
      guard try source.stream.extend() else { return false }
    }
    return true
  }

  /// Reads a field; `index` is then at a delimiter, a line feed or the end.
  private mutating func field(
    _ source: inout TableSource
  ) throws -> Result<String, TextLineProblem> {
    guard quoting != .never, try isAvailable(&source), source.stream.window[index] == Self.quote
    else { return try bareText(&source) }
    let (start, startLine) = (index, line)
    func restart(_ reader: inout RowReader) { (reader.index, reader.line) = (start, startLine) }
    guard let (content, isEscaped) = try quoted(&source) else {
      restart(&self)
      if quoting == .withinLines { return try bareText(&source) }
      // The quote is never closed: only this line is given up, so that it does not swallow the
      // file.
      _ = try skip(&source, toDelimiter: false)
      return .failure(.openQuote)
    }
    let end = index
    switch try bare(&source) {
    case .failure(let problem): return .failure(problem)
    case .success(let rest) where quoting == .always: return source.decoder.result(content + rest)
    case .success(let rest) where rest.isEmpty:
      guard quoting == .withinLines, line > startLine, !isEscaped,
        try spansWholeRows(&source, to: end)
      else {
        return source.decoder.result(content)
      }
    case .success(let rest):
      // Quoted words at the start of a field are kept verbatim.
      if line == startLine {
        return source.decoder.result(Array(source.stream.window[start..<end]) + rest)
      }
    }
    restart(&self)
    return try bareText(&source)
  }

  /// The range between quotes and whether it has doubled quotes, with `index` after the closing
  /// one; nil if there is none.
  private mutating func quoted(
    _ source: inout TableSource
  ) throws -> (content: [UInt8], isEscaped: Bool)? {
    let start = index
    index += 1
    var content: [UInt8] = []
    var isEscaped = false
    while try isAvailable(&source), index - start <= ByteStream.lineLimit {
      let byte = source.stream.window[index]
      index += 1
      if byte == Self.newline { line += 1 }
      if byte != Self.quote {
        content.append(byte)
      } else if try isAvailable(&source), source.stream.window[index] == Self.quote {
        content.append(Self.quote)
        isEscaped = true
        index += 1
      } else {
        return (content, isEscaped)
      }
    }
    return nil
  }

  /// Whether each line from the row's start to a byte is a whole row by itself.
  private func spansWholeRows(_ source: inout TableSource, to end: Int) throws -> Bool {
    guard let columns, columns > 1 else { return false }
    var last = end
    while try isAvailable(&source, at: last), source.stream.window[last] != Self.newline {
      last += 1
    }
    let lines = source.stream.window[source.stream.start..<last].split(
      separator: Self.newline, omittingEmptySubsequences: false)
    return lines.allSatisfy { line in line.count { $0 == delimiter } == columns - 1 }
  }

  private mutating func bareText(
    _ source: inout TableSource
  ) throws -> Result<String, TextLineProblem> {
    try bare(&source).flatMap { source.decoder.result($0) }
  }

  /// The text up to the next delimiter or line end.
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

  /// Advances to the line's end, or to a delimiter before it; false if that is too far.
  private mutating func skip(_ source: inout TableSource, toDelimiter: Bool) throws -> Bool {
    var start = index
    var fits = true
    while try isAvailable(&source) {
      let byte = source.stream.window[index]
      if byte == Self.newline || (toDelimiter && byte == delimiter) { return fits }
      index += 1
      if index - start > ByteStream.lineLimit {
        // The row is already lost, so its bytes are not kept.
        fits = false
        index -= try source.stream.skip(before: index)
        start = index
      }
    }
    return fits
  }
}
