internal import Glibc
internal import Ncurses
internal import Reports

/// Messages beside the results.
enum StandardError {
  static func write(line: PlainText) { put(line + "\n") }

  /// Replaces the previous progress.
  static func show(progress: PlainText) {
    // Back to the line's start, the text, and erase the rest of the previous one.
    put("\r\(progress)\u{1B}[K")
  }

  private static func put(_ text: PlainText) {
    ErrorLog.bound()
    var rest = Array(text.text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(2, $0.baseAddress, $0.count)
      }
      if count < 0, errno != EINTR { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
