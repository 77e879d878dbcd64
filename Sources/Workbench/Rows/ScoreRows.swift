internal import Classifiers
public import Datasets
internal import Reports

extension Lane {
  public static let scoring = Lane("scoring", isInBackground: true)
}

/// The model's predictions for all rows of the data set, returned as they are computed.
public struct ScoreRows: Question {
  public enum Answer: Sendable {
    /// Reading started: everything about an older data set, or by an older model, is obsolete.
    case began(name: String, path: String? = nil, arguments: [String] = [])
    /// More rows have predictions.
    case scored(ExampleChunk, RowsProgress)
    /// The stored notes on rows.
    case noted(Annotations)
    /// All rows have been read.
    case ended(RowsProgress)
  }

  public init() {}

  public var lane: Lane { .scoring }

  /// They are about the table that is now being replaced.
  public var displaces: [Lane] {
    [.counting, .rowExplanation, .contrast, .words, .secondModel]
  }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    let examples = try lab.openedExamples()
    let opened = try lab.model(in: .main).opened
    try progress(
      .began(name: examples.name, path: examples.path, arguments: examples.arguments))
    let memory = lab.surroundings.predictions(of: opened, isQuiet: false)
    let scoring = Scoring(opened, lab, notes: lab.surroundings.notes(), progress)
    return .ended(try scoring.run(try examples.open(for: opened.model), memory))
  }
}

/// Scores a data set to its end.
private final class Scoring {
  private let opened: OpenedModel
  private let lab: Lab
  private let notes: [ContentHash: Annotations.Entry]
  private let post: Progress<ScoreRows.Answer>
  private let start: Duration
  private var chunk: ExampleChunk
  private var progress = RowsProgress()
  private var read = 0

  /// - Parameter notes: the stored notes on texts.
  init(
    _ opened: OpenedModel, _ lab: Lab, notes: [ContentHash: Annotations.Entry],
    _ post: @escaping Progress<ScoreRows.Answer>
  ) {
    self.opened = opened
    self.lab = lab
    self.notes = notes
    self.post = post
    start = lab.clock()
    chunk = ExampleChunk(classes: opened.model.classifier.classes.count)
  }

  func run(
    _ reading: any ExampleReading, _ memory: StoredPredictions?
  ) throws -> RowsProgress {
    var reading = reading
    var scorer = Scorer(
      opened.model, memory: memory, progress: { [self] in progress.rows += $0 }, collect)
    var notes: [String] = []
    let facts = try reading.read { facts in
      progress.columns = facts.columns
      notes = DatasetNotes.lines(facts)
      for note in notes { lab.surroundings.notify(note) }
    } _: { line, share in
      read += 1
      try scorer.add(line)
      if chunk.count > 0 { try handOver(share: share) }
    }
    try scorer.finish()
    try handOver(share: 1)
    // Some facts are known only at the end.
    for note in DatasetNotes.lines(facts) where !notes.contains(note) {
      lab.surroundings.notify(note)
    }
    return progress
  }

  private func collect(_ line: ScoredLine) {
    switch line {
    case .bad: progress.badRows += 1
    case .scored(let example, let answer):
      let rule = opened.model.rule
      chunk.append(example, Judgement(answer, gold: example.gold, rule: rule))
    }
  }

  private func handOver(share: Double?) throws {
    progress.share = share.map { $0 * Double(progress.rows) / Double(max(1, read)) }
    progress.measure(lab.clock() - start)
    try post(.scored(chunk, progress))
    let annotations = ExampleTable.annotations(of: chunk, in: notes)
    if !annotations.entries.isEmpty { try post(.noted(annotations)) }
    chunk = ExampleChunk(classes: opened.model.classifier.classes.count)
  }
}
