internal import Glibc
internal import Ncurses
internal import Reports

/// What the user should know beside the results.
enum StandardError {
  static func write(line: PlainText) { put(line + "\n") }

  /// Takes the place of what it showed before.
  static func show(progress: PlainText) {
    // Back to the line's start, the text, and what is left of the older one erased.
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
