internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Draws the trust strip: each measure's value, a verdict in a word, and the value that random
/// scores reach.
struct TrustView {
  @Shared var state: State
  let rect: Rect

  private struct Line {
    var label: String
    /// The label where there is room.
    var phrase: String?
    var value: String
    var word = ""
    var role = Role.text
    var control = ""
  }

  /// A line's columns: label, value, word, control. Labels are whole phrases where there is room.
  private struct Columns {
    var label = 16
    var all: Int { label + 22 }

    /// The width of a long label.
    static let long = Self(label: 30)

    init(label: Int = 16) { self.label = label }

    /// Long labels if as many lines fit side by side with them.
    init(in width: Int) {
      self = width / Self.long.all >= max(1, width / Self().all) ? .long : Self()
    }
  }

  func draw(on picture: inout Picture) {
    let inner = picture.frame.box(
      rect, title: "Trust", note: note, isFocused: state.explore.focus == .trust)
    picture.mark(rect, as: .explore(.pane(.trust)))
    guard inner.size.rows > 0, inner.size.columns >= 20 else { return }
    let columns = Columns(in: inner.size.columns)
    let perRow = max(1, inner.size.columns / columns.all)
    let lines = lines
    for (index, line) in lines.prefix(perRow * inner.size.rows).enumerated() {
      let left = inner.origin.column + 1 + (index / inner.size.rows) * columns.all
      draw(
        line, in: columns,
        at: Position(column: left, row: inner.origin.row + index % inner.size.rows), &picture)
    }
    picture.frame.cutMark(perRow * inner.size.rows, of: lines.count, in: rect)
    if state.explore.focus == .trust, picture.frame.isPlain { picture.frame.cursor = inner.origin }
  }

  private var note: String {
    guard let shown = state.explanations.shown else { return "" }
    let choice = shown.job.choice
    let isMeasuring = state.trust.job?.choice == choice && !state.isShownStale
    let isLong = state.now - state.trust.since > 0.5
    if isMeasuring, isLong || readings.isEmpty { return "measuring" }
    if state.explore.focus == .trust { return "Enter explains" }
    let isMeasured = state.trust.isMeasured(choice) && !state.isShownStale
    if isMeasured { return state.signs.best }
    return readings.isEmpty ? "" : state.signs.stale + " " + state.signs.best
  }

  /// The measures of the map. For an older map, and for measures that have not arrived yet, the
  /// earlier values.
  private var readings: [TrustReading] {
    guard let choice = state.explanations.shown?.job.choice else { return [] }
    let known = state.isShownStale ? [] : state.trust.readings(of: choice)
    guard let older = state.removals.older, older.choice == choice, !state.trust.isMeasured(choice)
    else {
      return known
    }
    return known.merged(over: older.readings)
  }

  private func draw(
    _ line: Line, in columns: Columns, at place: Position, _ picture: inout Picture
  ) {
    let at = { (column: Int) in Position(column: place.column + column, row: place.row) }
    let isSentence = line.value.isEmpty && line.word.isEmpty
    let label = columns.label == Columns.long.label ? line.phrase ?? line.label : line.label
    picture.frame.write(
      label, at: place, style: Style(isSentence ? line.role : .dim),
      maxColumns: isSentence ? columns.all - 1 : columns.label)
    guard !isSentence else { return }
    picture.frame.write(line.value, endingBefore: at(columns.label + 6))
    picture.frame.write(
      line.word, at: at(columns.label + 7), style: Style(line.role), maxColumns: 10)
    picture.frame.write(line.control, endingBefore: at(columns.all - 1), style: Style(.dim))
  }

  private var lines: [Line] {
    guard let shown = state.explanations.shown, let summary = state.summary,
      let card = summary.method(named: shown.job.choice.method)?.card
    else { return [] }
    let choice = shown.job.choice
    let readings = readings.filter { !$0.isSpreadOfDeterministicMethod }
    let older = state.removals.older?.choice == choice ? state.removals.older : nil
    let probability =
      state.isRegression
      ? nil : (state.isShownStale ? older?.probability : nil) ?? state.probability(of: choice)
    var verdicts: [TrustVerdict] = []
    var lines = readings.map { reading in
      let control = state.trust.control(of: choice, reading.name) ?? older?.control[reading.name]
      let verdict = TrustVerdict(reading, control: control, probability: probability)
      if let verdict { verdicts.append(verdict) }
      return Line(
        label: TrustStrip.label(reading.name, best: reading.best, signs: state.signs),
        phrase: TrustStrip.label(
          reading.name, best: reading.best, isLong: true, signs: state.signs),
        value: reading.value.map { Numerals.fixed($0, 2) } ?? state.signs.dash,
        word: verdict?.word ?? reading.remark ?? "",
        role: verdict?.grade == .poor ? .warning : verdict == nil ? .dim : .text,
        control: control.map { Numerals.correlation($0) } ?? "")
    }
    if let summary = TrustVerdict.summary(verdicts) {
      lines.insert(
        Line(label: summary.words, value: "", role: summary.isPoor ? .warning : .text), at: 0)
    }
    if let probability, probability < TrustVerdict.leastProbability, !readings.isEmpty {
      let p = Numerals.probability(probability)
      lines.insert(
        Line(label: "too little probability to judge: \(p)", value: "", role: .warning), at: 0)
    }
    if card.isSigned, let sum = shown.completeness {
      lines.append(
        Line(
          label: "adds up", value: sum.word, word: "gap \(Numerals.fixed(abs(sum.delta), 3))",
          role: sum.share < 0.05 ? .text : .warning))
    }
    let passes = shown.attribution.evaluations
    lines.append(
      Line(
        label: "\(Numerals.grouped(passes)) pass\(passes == 1 ? "" : "es")",
        value: Numerals.duration(seconds: shown.seconds)))
    if state.isBeyondMeasuring {
      let limit = Numerals.grouped(State.automaticTokenLimit)
      lines.insert(
        Line(label: "\(limit)+ tokens", value: "", word: "unmeasured", role: .dim), at: 0)
    }
    return lines
  }
}

extension State {
  /// The probability of the class that a choice explains, for the present text.
  fileprivate func probability(of choice: ExplanationChoice) -> Float? {
    reading(by: choice.seat)?.prediction.probabilities.element(at: choice.classIndex)
  }

  fileprivate var isBeyondMeasuring: Bool {
    (predictions.latest?.prediction.encoding.pieces.count ?? 0) > Self.automaticTokenLimit
  }
}

extension Explanation {
  /// By how much the scores miss the sum that they should have, and a word for it.
  var completeness: (delta: Float, share: Float, word: String)? {
    guard let delta = attribution.convergenceDelta else { return nil }
    let wanted = map.total - delta
    // If the scores cancel out, their sum is no measure for the gap.
    let whole = max(abs(wanted), map.largest)
    // A gap that is not finite is never complete.
    let share = whole > 0 ? abs(delta / whole) : delta.isFinite ? 0 : .nan
    let word = share < 0.01 ? "yes" : share < 0.05 ? "nearly" : "no"
    return (delta, share, word)
  }
}

extension TrustStrip {
  /// A short name, and a sign for whether higher or lower is better.
  /// - Parameter isLong: whether there is room for a phrase of 28 columns.
  static func label(
    _ name: String, best: TrustReading.Best, isLong: Bool = false, signs: Signs
  ) -> String {
    let label =
      switch name {
      case "comprehensiveness": isLong ? "p lost without the top words" : "p lost without"
      case "sufficiency": isLong ? "p lost by top words alone" : "p lost alone"
      case "leave-one-out-tau": isLong ? "agrees with removing words" : "as removing"
      case "seed-spread": isLong ? "spread from seed to seed" : "seed spread"
      case spellings: isLong ? "spread by spelling" : "by spelling"
      default: name
      }
    return label + " " + (best == .high ? signs.greater : signs.less)
  }
}
