internal import Glibc
internal import Reports

/// A progress line on standard error, if that is a terminal.
final class ProgressLine {
  private let isShown = isatty(2) == 1
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant?
  private var began: ContinuousClock.Instant?
  private var rows = 0

  init() { start = clock.now }

  /// - Parameter share: the fraction of the work that is done, from 0 to 1; nil if unknown.
  func advance(by count: Int, share: Double?) {
    rows += count
    let now = clock.now
    guard isShown, shown.map({ now - $0 > .milliseconds(200) }) ?? true else { return }
    shown = now
    StandardError.show(
      progress: ProgressText.rows(rows, seconds: (now - start) / .seconds(1), share: share))
  }

  /// Shows the progress of an explanation with this expected number of passes; nothing if it will
  /// be quick.
  /// - Parameter secondsPerPass: the time of the prediction.
  func show(_ method: String, passes done: Int, of expected: Int, secondsPerPass: Double) {
    let now = clock.now
    let isLong = Double(expected) * secondsPerPass > 2
    guard isShown, isLong, shown.map({ now - $0 > .milliseconds(200) }) ?? true else { return }
    if began == nil || done == 0 { began = now }
    shown = now
    StandardError.show(
      progress: ProgressText.passes(
        method, done, of: expected,
        seconds: done == 0
          ? Double(expected) * secondsPerPass : (now - (began ?? now)) / .seconds(1)))
  }

  func clear() {
    guard shown != nil else { return }
    StandardError.show(progress: "")
    shown = nil
  }
}
