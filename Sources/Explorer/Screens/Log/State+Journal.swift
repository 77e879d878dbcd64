internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers

extension State {
  /// Notes what is worth a line; keys are not.
  mutating func note(_ event: Event) {
    switch event {
    case .modelLoaded(let summary), .otherModelLoaded(let summary):
      let weights = Numerals.grouped(summary.parameterCount)
      add(.model, "\(summary.name): \(summary.architecture), \(weights) parameters")
    case .modelFailed(let reason), .problem(let reason), .saveFailed(let reason):
      add(.problem, reason)
    case .predicted(let answer):
      guard answer.seat == .main else { return }
      let count = Numerals.grouped(answer.prediction.encoding.pieces.count)
      add(
        .predict,
        "text \(answer.edition): \(count) tokens in "
          + Numerals.duration(seconds: answer.seconds))
    case .predictionFailed(let edition, let reason),
      .otherPredictionFailed(let edition, let reason):
      add(.problem, "text \(edition): \(reason)")
    case .explained(let answer) where answer.isFinal:
      let count = answer.attribution.evaluations
      let passes = Numerals.grouped(count) + (count == 1 ? " pass" : " passes")
      add(
        .explain,
        "text \(answer.job.edition): \(name(of: answer.job.choice)), \(passes) in "
          + Numerals.duration(seconds: answer.seconds))
    case .explanationFailed(let job, let reason, _):
      add(.problem, "text \(job.edition): \(name(of: job.choice)): \(reason)")
    case .dataset(.began(let name, _, _)): add(.note, "data set \(name)")
    case .dataset(.ended(let progress)):
      add(
        .note,
        "\(Numerals.grouped(progress.rows)) rows scored,"
          + " \(Numerals.grouped(progress.badRows)) could not be read")
    case .dataset(.failed(let reason)), .dataset(.words(.failed(let reason))),
      .dataset(.other(.failed(let reason))), .export(.failed(let reason)):
      add(.problem, reason)
    case .dataset(.words(.ended(let progress))):
      add(.explain, "\(Numerals.grouped(progress.rows)) rows explained for their words")
    case .dataset(.other(.began(let name))): add(.note, "second model \(name)")
    case .export(.written(let request, let bytes)):
      add(.note, "wrote \(request.path), \(Numerals.bytes(bytes))")
    case .trusted(let answer) where answer.isFinal:
      let readings = answer.readings.compactMap { reading in
        reading.value.map { "\(reading.name) \(Numerals.fixed($0, 3))" }
      }
      add(.measure, "\(name(of: answer.choice)): \(readings.joined(separator: ", "))")
    case .notice(let text): add(.note, text)
    case .abilities(let abilities): add(.note, "colours: \(abilities.colors.rawValue)")
    case .drew(let bytes, let timings): journal.drew(bytes: bytes, timings: timings)
    case .terminal, .typed, .explained, .removed, .trusted, .probed, .themes, .painted, .terminate,
      .completions, .tick, .measuring, .dataset, .rested, .export, .explanationExpected:
      break
    }
  }

  mutating func add(_ kind: Journal.Kind, _ text: String) {
    journal.add(kind, text, at: now)
  }

  private func name(of choice: ExplanationChoice) -> String {
    let model = choice.seat == .other ? compare.other?.summary : summary
    let name = "\(choice.method) \(signs.arrow) \(model?.targetName(choice) ?? "")"
    return choice.seat == .other ? "\(name) by \(model?.name ?? "")" : name
  }

  mutating func moveInJournal(_ movement: Movement) {
    let rows = JournalView(self).rows
    let last = max(0, journal.entries.count - rows)
    let target = moved(journal.top ?? last, movement, count: last + 1, page: rows)
    journal.top = target >= last ? nil : target
  }
}
