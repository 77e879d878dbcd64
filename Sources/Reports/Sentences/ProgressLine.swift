/// Reports the progress of long work on standard error: in a terminal, a line with the progress
/// that is updated; elsewhere, a permanent line with the cost before the work begins.
package final class ProgressLine {
  private let isTerminal: Bool
  private let reported: ReportedCosts
  private let clock: () -> Duration
  private let say: (PlainText) -> Void
  private let replace: (PlainText) -> Void
  private let start: Duration
  private var shown: Duration?
  private var work: (name: String, cost: PassCost, since: Duration)?
  private var rows = 0
  private var hasReportedRows = false

  /// - Parameters:
  ///   - reported: the costs that were reported for other texts of the run.
  ///   - clock: the time since a fixed moment.
  ///   - say: writes a permanent line.
  ///   - replace: replaces the line that it wrote before.
  package init(
    isTerminal: Bool, reported: ReportedCosts = ReportedCosts(), clock: @escaping () -> Duration,
    say: @escaping (PlainText) -> Void, replace: @escaping (PlainText) -> Void
  ) {
    self.isTerminal = isTerminal
    self.reported = reported
    self.clock = clock
    self.say = say
    self.replace = replace
    start = clock()
  }

  // MARK: Passes

  /// Reports the cost of some work before it begins, unless it is short.
  /// - Parameter name: the name of the work, such as a method.
  package func begin(_ name: String, _ cost: PassCost) {
    work = (name, cost, clock())
    let line = ProgressText.cost(name, cost)
    if isTerminal, cost.texts == 1 {
      if cost.isLong { show(line) }
    } else if reported.shouldReport(cost, of: name) {
      clear()
      say(line)
    }
  }

  /// Reports the progress.
  package func advance(passes done: Int) {
    guard isTerminal, let work, work.cost.isLong, work.cost.texts == 1, done > 0, isDue
    else { return }
    show(
      ProgressText.passes(
        work.name, done, of: work.cost.passes, seconds: (clock() - work.since) / .seconds(1)))
  }

  // MARK: Rows

  /// If the output is not a terminal, the cost is estimated from the first rows.
  private static let measuredSeconds = 1.0
  private static let worthSeconds = 10.0

  /// - Parameter share: how much of the work is done, from 0 to 1; nil if it is not known.
  package func advance(by count: Int, share: Double?) {
    rows += count
    let seconds = (clock() - start) / .seconds(1)
    let line = ProgressText.rows(rows, seconds: seconds, share: share)
    if isTerminal {
      if isDue { show(line) }
    } else if !hasReportedRows, rows > 0, let share, share > 0, seconds > Self.measuredSeconds {
      hasReportedRows = true
      if seconds * (1 - share) / share > Self.worthSeconds { say(line) }
    }
  }

  // MARK: The line

  private var isDue: Bool { shown.map { clock() - $0 > .milliseconds(200) } ?? true }

  private func show(_ line: PlainText) {
    shown = clock()
    replace(line)
  }

  package func clear() {
    guard shown != nil else { return }
    replace("")
    shown = nil
  }
}
