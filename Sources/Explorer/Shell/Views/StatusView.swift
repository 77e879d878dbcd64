internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The second to last row: the latest message, or what is running.
struct StatusView {
  @Shared var state: State
  let layout: Layout

  func draw(on picture: inout Picture) {
    let rect = layout.status
    let place = Position(column: 1, row: rect.origin.row)
    var edge = Position(column: rect.size.columns - 1, row: rect.origin.row)
    if let latency = state.terminal.latency {
      edge.column -= picture.frame.write(
        "key to screen \(Numerals.duration(seconds: latency))", endingBefore: edge,
        style: Style(.dim))
    }
    let space = max(0, edge.column - place.column - 2)
    // A running job is shown instead of an older notice.
    let isOvertaken = state.message?.kind == .notice && problem == nil && progress != nil
    if let message = state.message, !isOvertaken {
      picture.frame.write(
        message.text, at: place, style: style(message.kind), maxColumns: space,
        hasEllipsis: true)
    } else if let problem {
      picture.frame.write(
        problem, at: place, style: Style(.error), maxColumns: space, hasEllipsis: true)
    } else if let progress {
      picture.frame.write(
        progress, at: place, style: Style(.notice), maxColumns: space, hasEllipsis: true)
    } else if state.terminal.abilities.isPlain {
      picture.frame.write(spokenText, at: place, maxColumns: space, hasEllipsis: true)
    }
  }

  private func style(_ kind: Message.Kind) -> Style {
    switch kind {
    case .notice: Style(.notice)
    case .warning: Style(.warning)
    case .error: Style(.error)
    }
  }

  private var problem: String? {
    if case .failed(let reason) = state.model { return reason }
    return state.predictions.problem
  }

  /// The progress of a job that takes long enough for it to be read.
  private var progress: String? {
    if let opening = state.opening.request {
      let name = opening.argument ?? "the default model"
      let seconds = Numerals.duration(seconds: state.now - state.opening.since)
      let share = state.opening.share.map { " \(Numerals.progress($0))," } ?? ""
      return "opening \(name)\(state.signs.ellipsis)\(share) \(seconds); Esc or Ctrl-C cancels"
    }
    if case .loading = state.model {
      let share = state.opening.share.map { " \(Numerals.progress($0))" } ?? ""
      return "loading model" + state.signs.ellipsis + share
    }
    if let job = state.explanations.job,
      let card = state.summary?.method(named: job.choice.method)?.card,
      let progress = progress(of: job)
    {
      return "\(card.title): \(progress); Ctrl-C stops"
    }
    return reading ?? removing ?? measuring
  }

  /// A text that takes the model a long time.
  private var reading: String? {
    guard !state.isPredictionFresh, state.summary != nil else { return nil }
    let bytes = state.document.text.utf8.count
    let text = "reading \(Numerals.bytes(bytes))" + state.signs.ellipsis
    // For a short text, most of the time is spent reading the weights, so nothing is extrapolated.
    if let latest = state.predictions.latest, latest.seconds > Self.slowSeconds {
      let size = latest.prediction.encoding.joinedTexts.end
      return
        "\(text) the previous \(Numerals.bytes(size)) took \(Numerals.duration(seconds: latest.seconds))"
    }
    return bytes > 20_000 ? text : nil
  }

  /// The cost of the numbers beside the map.
  private var removing: String? {
    guard let request = state.removals.request,
      let cost = state.cost(ofPasses: request.groups.count), cost.isLong
    else { return nil }
    return "removing each visible word: \(cost.sentenceWithToken)"
  }

  /// The expected cost of a job before its first result, then its progress.
  private func progress(of job: ExplanationJob) -> String? {
    let result = state.explanations.results[job.choice]
    let seconds = max(result?.seconds ?? 0, state.now - state.explanations.jobSince)
    let done = max(result?.attribution.evaluations ?? 0, state.explanations.jobPasses ?? 0)
    guard seconds > 0.3, done > 0 else {
      guard let passes = state.explanations.expectedPasses,
        let cost = state.cost(ofPasses: passes, by: job.choice.seat), cost.isLong
      else { return nil }
      return cost.sentenceWithToken
    }
    // With tenths of a second, so that progress is visible.
    let spent = " passes in \(Numerals.fixed(Float(seconds), 1)) s"
    guard let expected = state.explanations.expectedPasses, expected > done else {
      return Numerals.grouped(done) + spent
    }
    let left = seconds * Double(expected - done) / Double(done)
    return "\(Numerals.grouped(done)) of \(Numerals.grouped(expected))\(spent), "
      + "\(Numerals.duration(seconds: left)) left"
  }

  /// `measuring LIME: 4,000 passes of 12 ms, about 48 s`, then `measuring LIME: seed 3 of 5, 6.2 s
  /// left`, if it takes long enough for it to be read.
  private var measuring: String? {
    guard let progress = state.trust.progress, let choice = state.trust.job?.choice else {
      return nil
    }
    let name =
      state.model(in: choice.seat)?.method(named: choice.method)?.card.title ?? choice.method
    if (state.trust.passes ?? 0) == 0,
      let cost = state.cost(ofPasses: progress.expectedPasses, by: choice.seat), cost.isLong
    {
      return "measuring \(name): \(cost.sentenceWithToken)"
    }
    guard state.now - state.trust.since > Self.measuringSeconds else { return nil }
    let part = progress.seed.map { "seed \($0.number) of \($0.count)" } ?? progress.measure
    let seconds = state.now - state.trust.since
    guard let done = state.trust.passes, done > 0, progress.expectedPasses > done else {
      return "measuring \(name): \(part), \(Numerals.fixed(Float(seconds), 1)) s"
    }
    let left = seconds * Double(progress.expectedPasses - done) / Double(done)
    return "measuring \(name): \(part), \(Numerals.duration(seconds: left)) left"
  }

  private static let measuringSeconds = 0.5
  /// If the model takes longer than this for a text, the time is shown.
  private static let slowSeconds = 1.0

  /// The sentence for screen readers.
  private var spokenText: String { state.layer.spokenText(state) }
}

/// Sentences for screen readers.
extension State {
  /// The prediction for the text.
  var spokenPrediction: [String] {
    if document.isBlank { return ["No text yet."] }
    guard let summary, let prediction = predictions.latest?.prediction,
      let probability = prediction.probabilities.element(at: prediction.classIndex)
    else { return [] }
    let name = summary.className(prediction.classIndex)
    let kind = isRegression ? "value" : "probability"
    return ["Predicted: \(name), \(kind) \(answer(probability))."]
  }
}

/// The last row: the keys that have an effect now; a click on a hint does the same.
struct HintsView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    var column = rect.origin.column + 1
    for binding in bindings {
      guard let word = word(of: binding), let key = binding.keys.first else { continue }
      let columns = key.shortName.count + 1 + word.count
      guard column + columns < rect.origin.column + rect.size.columns else { break }
      let place = Position(column: column, row: rect.origin.row)
      let used = picture.frame.write(key.shortName, at: place, style: Style(.key))
      picture.frame.write(
        word, at: Position(column: column + used + 1, row: place.row), style: Style(.dim))
      picture.mark(
        Rect(column: column, row: place.row, columns: columns, rows: 1),
        as: .command(binding.command))
      column += columns + 2
    }
  }

  /// The hint's word; nil if the key has no effect now.
  private func word(of binding: Binding) -> String? {
    guard let word = binding.hint?.word else { return nil }
    return switch binding.command {
    case .complete: state.overlay?.hintOfTab(state)
    case .accept: state.overlay?.hintOfEnter(state)
    default: word
    }
  }

  private var bindings: [Binding] {
    if state.overlay?.isQuestion == true { return [] }
    let contexts = state.contexts
    return state.catalog.keymap.bindings
      .filter { $0.hint != nil && contexts.contains($0.context) }
      .filter { $0.command != .leave || state.canGoBack }
      .filter { state.overlay?.isAvailable($0, state) ?? state.layer.isAvailable($0, state) }
      .enumerated().sorted {
        let (a, b) = ($0.element.hint?.rank ?? 0, $1.element.hint?.rank ?? 0)
        return a == b ? $0.offset < $1.offset : a < b
      }.map(\.element)
  }
}
