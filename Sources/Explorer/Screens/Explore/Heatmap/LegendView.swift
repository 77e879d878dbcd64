internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Explains the colours in words.
struct LegendView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    let inner = picture.frame.box(rect, title: "Legend", note: note)
    guard inner.size.rows > 0, inner.size.columns > 20 else { return }
    let left = inner.origin.column + 1
    let columns = inner.size.columns - 2
    var row = inner.origin.row
    let end = inner.origin.row + inner.size.rows
    drawSwatches(Position(column: left, row: row), &picture)
    row += 1
    if row < end {
      LegendLine(state).drawWords(
        at: Position(column: left, row: row), columns: columns, on: &picture)
      row += 1
    }
    let caveats = Caveats(state).lines.flatMap { text, role in
      text.wrapped(columns: columns).map { (text: $0, role: role) }
    }
    let lines = caveats.map(\.text).limited(
      rows: end - row, columns: columns, state.signs.ellipsis)
    for (line, entry) in zip(lines, caveats) {
      picture.frame.write(
        line, at: Position(column: left, row: row), style: Style(entry.role), maxColumns: columns)
      row += 1
    }
  }

  private var note: String {
    guard let summary = state.summary, let choice = state.explanations.shown?.job.choice else {
      return ""
    }
    return "\(state.signs.arrow) \(summary.targetName(choice))"
  }

  /// Draws a sample of each level.
  private func drawSwatches(_ place: Position, _ picture: inout Picture) {
    var column = place.column
    for level in state.isShownSigned ? Array(-5...5) : Array(0...5) {
      let text =
        level == 0
        ? " \(state.signs.none) " : state.isShownSigned && level > 0 ? "+\(level) " : "\(level) "
      let shown = text.count < 3 ? " " + text : text
      let role = heatRole(level: level, isSigned: state.isShownSigned)
      column += picture.frame.write(
        shown, at: Position(column: column, row: place.row),
        style: level == 0 ? Style(.dim) : Style(role))
    }
  }
}

/// The legend in one row: `against positive   for positive   scale 0.45 logit`.
struct LegendLine {
  @Shared private var state: State

  init(_ state: State) { _state = Shared(wrappedValue: state) }

  func draw(at place: Position, columns: Int, on picture: inout Picture) {
    let edge = place.column + columns
    let used = drawWords(at: place, columns: columns, on: &picture)
    let column = place.column + used + 3
    guard used > 0, edge > column else { return }
    var text = ""
    let scale = scales.first { DisplaySafe.columns(of: $0) <= edge - column } ?? ""
    for part in [scale, frame, Caveats(state).short ?? ""] where !part.isEmpty {
      let longer = text.isEmpty ? part : text + "   " + part
      guard DisplaySafe.columns(of: longer) <= edge - column else { break }
      text = longer
    }
    picture.frame.write(
      text, at: Position(column: column, row: place.row), style: Style(.dim),
      maxColumns: edge - column)
  }

  /// Draws the words in the colours that they explain.
  @discardableResult
  func drawWords(at place: Position, columns: Int, on picture: inout Picture) -> Int {
    guard let summary = state.summary,
      let choice = state.explanations.shown?.job.choice ?? state.choice
    else {
      return 0
    }
    let name = summary.className(choice.classIndex).trimmed(to: 20, state.signs.ellipsis)
    let rival = choice.versus.map { summary.className($0).trimmed(to: 20, state.signs.ellipsis) }
    let edge = place.column + columns
    var column = place.column
    func write(_ text: String, _ style: Style) {
      column += picture.frame.write(
        text, at: Position(column: column, row: place.row), style: style,
        maxColumns: max(0, edge - column))
    }
    guard state.isShownSigned else {
      write(" matters little ", Style(.intensity(1)))
      write("  ", Style())
      write(" matters much ", Style(.intensity(4)))
      return column - place.column
    }
    let isRegression = state.isRegression
    let against = rival.map { "for \($0)" } ?? (isRegression ? "lower \(name)" : "against \(name)")
    write(" - \(against) ", Style(.heat(-4)))
    write("  ", Style())
    write(" + \(isRegression ? "higher" : "for") \(name) ", Style(.heat(4)))
    return column - place.column
  }

  /// The scale with its unit, and without it if there is no room.
  private var scales: [String] {
    guard let shown = state.explanations.shown else { return [] }
    let value = Numerals.score(state.scaleValue, isSigned: false)
    let fixed = state.explore.scale == .text ? "" : " fixed"
    let unit = shown.unit(isSigned: state.isShownSigned && !state.isRegression)
    return ["scale \(value)\(unit)\(fixed)", "scale \(value)\(fixed)"]
  }

  /// The scores of the special tokens around the text.
  private var frame: String {
    guard let shown = state.explanations.shown, shown.map.unallocated != 0 else { return "" }
    return "marks " + Numerals.score(shown.map.unallocated, isSigned: state.isShownSigned)
  }
}

/// What the user must know to read the map correctly.
struct Caveats {
  private(set) var lines: [(text: String, role: Role)] = []
  /// The most important caveats in a word or two each.
  private(set) var short: String?

  init(_ state: State) {
    guard let summary = state.summary, let shown = state.explanations.shown,
      let card = summary.method(named: shown.job.choice.method)?.card
    else { return }
    addScale(state, shown, card)
    addMolecule(state)
    addTruncation(state)
    addWindows(state)
    addUnknown(state)
    if !card.isSigned {
      let sides = state.isRegression ? "raise or lower the value" : "speak for or against"
      lines.append(("unsigned: a word may \(sides)", .text))
    }
    if shown.attribution.parameters["maximum"] != nil {
      add("normalised: the largest score is 1 whatever its size", short: "normalised")
    }
    if summary.isClassBlind(card) {
      add("class-blind: the map is the same for all classes", short: "class-blind")
    }
    if shown.job.choice.quantity == .probability, !state.isShownStale, !state.isRegression,
      let p = state.predictions.latest?.prediction.probabilities.element(
        at: shown.job.choice.classIndex),
      p > 0.99 || p < 0.01
    {
      add(
        "saturated: at p \(Numerals.probability(p)) the probability hardly changes, so what is "
          + "painted may be noise", short: "saturated")
    }
    if !shown.attribution.scores.isEmpty, shown.attribution.scores.allSatisfy({ $0 == 0 }) {
      add("all scores are zero: nothing is painted", short: "all zero")
    }
    addSum(state, shown, card)
    addSampling(state, shown)
    if shown.map.unallocated != 0 {
      var share = Numerals.score(shown.map.unallocated, isSigned: card.isSigned)
      if !card.isSigned, shown.map.total > 0 {
        share += " (\(Numerals.percent(shown.map.unallocated / shown.map.total)) of all)"
      }
      lines.append(("\(share) is on the start and end marks", .dim))
    }
    lines.append((card.caveats(for: summary.traits), .dim))
  }

  private mutating func add(_ text: String, short word: String) {
    lines.append((text, .notice))
    short = short.map { $0 + ", " + word } ?? word
  }

  /// What replaced removed words, and how reliable sampled scores are.
  private mutating func addSampling(_ state: State, _ shown: Explanation) {
    let parameters = shown.attribution.parameters
    if case .text(let token)? = parameters["replacement"] {
      let replacement = token == "delete" ? "deleted" : "replaced by \(token)"
      lines.append(("removed words are \(replacement)", .text))
    }
    if case .number(let fit)? = parameters["r_squared"] {
      lines.append(
        (
          "fit R\(state.signs.squared) \(Numerals.fixed(fit, 2)) (1 = the explainer's line fits the "
            + "model here)", fit < 0.5 ? .warning : .text
        ))
    }
    if let most = shown.attribution.standardErrors?.max(), most > 0 {
      lines.append(
        (
          "sampled: standard errors up to "
            + Numerals.score(most, isSigned: false), .text
        ))
    }
  }

  /// What is painted on bonds, and which scores are not in the drawing.
  private mutating func addMolecule(_ state: State) {
    guard state.depiction != nil, let heat = state.moleculeHeat else { return }
    func number(_ value: Float) -> String {
      Numerals.score(value, isSigned: state.isShownSigned)
    }
    var parts: [String] = []
    if heat.bonds.contains(where: { $0 != 0 }) {
      parts.append("scores of bonds and ring numbers are shown at the middle of their bonds")
    }
    if !heat.rest.isEmpty {
      parts.append(
        "branches, dots and the marks around the text belong to no atom: \(number(heat.restTotal))")
    }
    if heat.dividedPieces > 0 {
      parts.append(
        "\(Numerals.count(heat.dividedPieces, "token")) on several atoms, shared in equal parts")
    }
    parts.append("atoms, bonds and other are \(number(heat.total)) together")
    lines.append((parts.joined(separator: "; "), .text))
    if let quality = state.summary?.quality { lines.append(("this model: \(quality)", .text)) }
  }

  private mutating func addTruncation(_ state: State) {
    guard let truncation = state.truncation, state.cutText != nil else { return }
    switch truncation.rest {
    case .unread:
      add("grey text was not read: the model reads \(truncation.part)", short: "grey: not read")
    case .unpooled:
      add(
        "grey: only \(truncation.part) are pooled; those in grey are read, but count less",
        short: "grey: not pooled")
    }
  }

  private mutating func addWindows(_ state: State) {
    guard let windows = state.windows else { return }
    add(
      windows.legend(seam: state.signs.seam),
      short: "\(state.signs.seam) a window begins")
  }

  /// A text with mostly unknown words, which the model can't tell apart.
  private mutating func addUnknown(_ state: State) {
    guard let unknown = state.summary?.unknownID, state.isPredictionFresh,
      let encoding = state.predictions.latest?.prediction.encoding
    else { return }
    let pieces = encoding.pieces.filter { !$0.isSpecial }
    let count = pieces.count { $0.id == unknown }
    guard count > 0, count * 4 >= pieces.count * 3 else { return }
    let all = count == pieces.count ? "all" : Numerals.grouped(count) + " of"
    let which =
      pieces.count == 1
      ? "the only token is" : "\(all) \(Numerals.grouped(pieces.count)) tokens are"
    add(
      which + " unknown to the model: it reads them all as one token; z shows how",
      short: "unknown words")
  }

  private mutating func addScale(_ state: State, _ shown: Explanation, _ card: MethodCard) {
    let value = Numerals.score(state.scaleValue, isSigned: false)
    let unit = shown.unit(isSigned: card.isSigned && !state.isRegression)
    let whose = state.explore.scale == .text ? "largest in this text" : "fixed"
    lines.append(("strongest colour = \(value)\(unit) (\(whose))", .text))
  }

  private mutating func addSum(_ state: State, _ shown: Explanation, _ card: MethodCard) {
    guard card.isSigned, let sum = shown.completeness else { return }
    let baseline = shown.attribution.parameters["baseline"].map { ", baseline \($0.shown)" } ?? ""
    let verdict =
      sum.share < 0.01 ? "complete" : sum.share < 0.05 ? "nearly complete" : "not complete"
    lines.append(
      (
        "scores add up to \(Numerals.signed(shown.map.total, 3)), gap "
          + "\(Numerals.signed(sum.delta, 4)) (\(Numerals.percent(sum.share, 1))): \(verdict)"
          + baseline, sum.share < 0.05 ? .text : .warning
      ))
  }
}

extension Explanation {
  /// The unit of the scores, preceded by a space; empty for unsigned scores, such as gradient
  /// norms.
  func unit(isSigned: Bool) -> String {
    guard isSigned else { return "" }
    return switch job.choice.quantity {
    case .logit: " logit"
    case .probability: " probability"
    case .logProbability: " log probability"
    }
  }
}
