/// What standard error tells of long work: on a terminal one line of how far it is, which is replaced as
/// the work goes on; elsewhere one that stays, of what the work costs, before it begins.
package final class ProgressLine {
  private let isTerminal: Bool
  private let said: SaidCosts
  private let clock: () -> Duration
  private let say: (PlainText) -> Void
  private let replace: (PlainText) -> Void
  private let start: Duration
  private var shown: Duration?
  private var work: (name: String, cost: PassCost, since: Duration)?
  private var rows = 0
  private var hasSaidRows = false

  /// - Parameters:
  ///   - said: what the run has said of other texts.
  ///   - clock: the time since some moment.
  ///   - say: writes a line that stays.
  ///   - replace: writes what takes the place of what it wrote before.
  package init(
    isTerminal: Bool, said: SaidCosts = SaidCosts(), clock: @escaping () -> Duration,
    say: @escaping (PlainText) -> Void, replace: @escaping (PlainText) -> Void
  ) {
    self.isTerminal = isTerminal
    self.said = said
    self.clock = clock
    self.say = say
    self.replace = replace
    start = clock()
  }

  // MARK: Passes

  /// What some work is going to cost, before it begins; nothing where it takes no time worth telling.
  /// - Parameter name: of the work, as of a method.
  package func begin(_ name: String, _ cost: PassCost) {
    work = (name, cost, clock())
    let line = ProgressText.cost(name, cost)
    if isTerminal, cost.texts == 1 {
      if cost.isLong { show(line) }
    } else if said.isNews(cost, of: name) {
      clear()
      say(line)
    }
  }

  /// How far the work is.
  package func advance(passes done: Int) {
    guard isTerminal, let work, work.cost.isLong, work.cost.texts == 1, done > 0, isDue
    else { return }
    show(
      ProgressText.passes(
        work.name, done, of: work.cost.passes, seconds: (clock() - work.since) / .seconds(1)))
  }

  // MARK: Rows

  /// Elsewhere than on a terminal the first rows tell what the others cost.
  private static let measuredSeconds = 1.0
  private static let worthSeconds = 10.0

  /// - Parameter share: how much of the work is done, from 0 to 1; nil where nobody knows.
  package func advance(by count: Int, share: Double?) {
    rows += count
    let seconds = (clock() - start) / .seconds(1)
    let line = ProgressText.rows(rows, seconds: seconds, share: share)
    if isTerminal {
      if isDue { show(line) }
    } else if !hasSaidRows, rows > 0, let share, share > 0, seconds > Self.measuredSeconds {
      hasSaidRows = true
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
