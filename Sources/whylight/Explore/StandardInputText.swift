internal import Explorer
internal import Glibc
internal import Reports

/// The text on standard input if it is redirected: `whylight < file.txt`.
struct StandardInputText {
  var text: String
  /// Sentences about what was changed or left out.
  var notices: [String] = []

  private static let largest = 16 << 20

  /// Reads to the end; nil if standard input is a terminal.
  static func read() -> StandardInputText? {
    guard isatty(STDIN_FILENO) != 1 else { return nil }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= largest {
      let count = unsafe Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return StandardInputText(bytes)
  }

  init(_ bytes: [UInt8]) {
    var bytes = bytes
    if bytes.count > Self.largest {
      bytes.removeLast(bytes.count - Self.largest)
      notices.append("only the first \(Numerals.bytes(Self.largest)) were read")
    }
    // The last line end belongs to the file rather than the text.
    if bytes.last == 0x0A { bytes.removeLast() }
    text = String(decoding: bytes, as: UTF8.self)
    if String(validating: bytes, as: UTF8.self) == nil {
      notices.append("bytes that are not UTF-8 are shown as \u{FFFD}")
    }
    if bytes.contains(0) { notices.append("the text contains NUL characters, shown as ^@") }
  }
}
