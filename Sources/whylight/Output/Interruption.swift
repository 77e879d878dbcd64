internal import Dispatch
internal import Glibc
internal import Reports

/// Handles Ctrl-C during an evaluation: the program ends at once, with a message about the finished
/// work.
///
/// No cleanup is necessary: each finished batch is already in the store.
final class Interruption {
  private let source: any DispatchSourceSignal

  /// - Parameter isKept: whether finished answers are stored.
  init(isKept: Bool) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      let rest = isKept ? "; finished rows are kept, and the same command resumes from there" : ""
      StandardError.write(line: "whylight: stopped\(rest)")
      _exit(128 + SIGINT)
    }
    source.resume()
  }

  func end() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
