internal import Glibc
internal import Reports

/// One line on standard error that tells how far the work is, where that is a terminal.
final class ProgressLine {
  private let isShown = isatty(2) == 1
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant?
  private var began: ContinuousClock.Instant?
  private var rows = 0
  /// Rows that were read; not all of them are answered yet.
  var read = 0

  init() { start = clock.now }

  /// - Parameter share: how much of the file is read, from 0 to 1; nil where nobody knows.
  func advance(by count: Int, share: Double?) {
    rows += count
    let now = clock.now
    guard isShown, shown.map({ now - $0 > .milliseconds(200) }) ?? true else { return }
    shown = now
    StandardError.show(
      progress: Self.text(
        rows: rows, seconds: (now - start) / .seconds(1),
        share: share.map { $0 * Double(rows) / Double(max(1, read)) }))
  }

  /// How far an explanation is, of about so many passes; nothing where it takes no time worth
  /// telling.
  /// - Parameter secondsPerPass: what the prediction took.
  func tell(_ method: String, passes done: Int, of expected: Int, secondsPerPass: Double) {
    let now = clock.now
    let isLong = Double(expected) * secondsPerPass > 2
    guard isShown, isLong, shown.map({ now - $0 > .milliseconds(200) }) ?? true else { return }
    if began == nil || done == 0 { began = now }
    shown = now
    StandardError.show(
      progress: Self.text(
        method, passes: done, of: expected,
        seconds: done == 0
          ? Double(expected) * secondsPerPass : (now - (began ?? now)) / .seconds(1)))
  }

  /// `lime: about 5,000 passes, some 12 s`, then `lime: 620 of about 5,000 passes   1.8 s left`
  static func text(
    _ method: String, passes done: Int, of expected: Int, seconds: Double
  ) -> PlainText {
    let all = Numerals.grouped(expected)
    if done == 0 {
      return "\(method): about \(all) passes, some \(Numerals.duration(seconds: seconds))"
    }
    guard expected > done else { return "\(method): \(Numerals.grouped(done)) passes" }
    let left = Numerals.duration(seconds: seconds * Double(expected - done) / Double(done))
    return "\(method): \(Numerals.grouped(done)) of about \(all) passes   \(left) left"
  }

  func clear() {
    guard shown != nil else { return }
    StandardError.show(progress: "")
    shown = nil
  }

  /// `12,345 rows   3,210 rows/s   41 s left`
  static func text(rows: Int, seconds: Double, share: Double?) -> PlainText {
    var parts = ["\(Numerals.grouped(rows)) rows"]
    if seconds > 0 { parts.append("\(Numerals.grouped(Int(Double(rows) / seconds))) rows/s") }
    if let share, share > 0.001, share < 1 {
      parts.append(Numerals.duration(seconds: seconds * (1 - share) / share) + " left")
    }
    return "\(parts.joined(separator: "   "))"
  }
}
