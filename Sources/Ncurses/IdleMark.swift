internal import Glibc

/// A file that counts how often the program became idle, so that a test can wait for that instead
/// of sleeping.
final class IdleMark {
  private let file: CInt
  private var count = 0

  init(path: String) {
    file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  }

  deinit {
    if file >= 0 { close(file) }
  }

  /// A longer number never leaves a rest of a shorter one, so no reader sees an empty file.
  func advance() {
    count += 1
    let text = Array("\(count)\n".utf8)
    if file >= 0 { _ = unsafe pwrite(file, text, text.count, 0) }
  }
}
