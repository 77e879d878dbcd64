internal import Dispatch
internal import Glibc
internal import Reports

/// Ctrl-C during an evaluation: the program ends at once and says what becomes of the work.
///
/// Nothing needs to be put in order: each batch that was answered is in the store already.
final class Interruption {
  private let source: any DispatchSourceSignal

  /// - Parameter isKept: what was answered is in the store.
  init(isKept: Bool) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      let rest = isKept ? "; what was answered is kept, and the same call goes on from there" : ""
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
