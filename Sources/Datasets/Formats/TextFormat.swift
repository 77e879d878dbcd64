/// A way to write many texts into one file.
public protocol TextFormat: Sendable {
  /// Endings of file names, lower-case, without the dot.
  var endings: [String] { get }
  /// Calls `body` for each line in order. What `body` throws ends the reading.
  /// - Throws: `TextFileError` where no line can be read.
  func read(_ bytes: [UInt8], _ body: (TextLine) throws -> Void) throws
}

extension TextFormat {
  /// The lines of a file, `\n` or `\r\n` at their ends, a byte order mark taken off, numbered from 1.
  static func lines(of bytes: [UInt8]) -> [(number: Int, bytes: ArraySlice<UInt8>)] {
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    var lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.enumerated().map { index, line in
      (index + 1, line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
  }
}
