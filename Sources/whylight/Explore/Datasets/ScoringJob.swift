internal import Classifiers
internal import Datasets
internal import Explorer
internal import Reports

/// Reads and scores a data set to its end.
final class ScoringJob {
  private let model: Model
  private let memory: StoredPredictions?
  private let notes: [ContentHash: Annotations.Entry]
  private let post: (DatasetEvent) -> Void
  private let tell: (String) -> Void
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var chunk: ExampleChunk
  private var progress = ScoringProgress()
  private var read = 0

  /// - Parameters:
  ///   - notes: what was written of texts before.
  ///   - tell: takes what the user should know of how the file was understood.
  init(
    model: Model, memory: StoredPredictions?, notes: [ContentHash: Annotations.Entry],
    post: @escaping (DatasetEvent) -> Void, tell: @escaping (String) -> Void
  ) {
    self.model = model
    self.memory = memory
    self.notes = notes
    self.post = post
    self.tell = tell
    start = clock.now
    chunk = ExampleChunk(classes: model.classifier.classes.count)
  }

  func run(_ dataset: Dataset) throws -> ScoringProgress {
    var dataset = dataset
    let bytes = dataset.bytes
    var scorer = Scorer(
      model, memory: memory, progress: { [self] in progress.rows += $0 }, collect)
    var told: [String] = []
    let facts = try dataset.read { facts in
      told = DatasetNotes.lines(facts)
      for note in told { tell(note) }
    } _: { line in
      read += 1
      try scorer.add(line)
      if chunk.count > 0 { handOver(share: bytes.share) }
    }
    try scorer.finish()
    handOver(share: 1)
    // some of it is known at the end
    for note in DatasetNotes.lines(facts) where !told.contains(note) { tell(note) }
    return progress
  }

  private func collect(_ line: ScoredLine) {
    switch line {
    case .bad: progress.badRows += 1
    case .scored(let example, let answer):
      chunk.append(example, Judgement(answer, gold: example.gold, rule: model.classifier.rule))
    }
  }

  private func handOver(share: Double?) {
    progress.share = share.map { $0 * Double(progress.rows) / Double(max(1, read)) }
    progress.rowsPerSecond = Double(progress.rows) / max(1e-3, (clock.now - start) / .seconds(1))
    post(.scored(chunk, progress))
    let annotations = ExampleTable.annotations(of: chunk, in: notes)
    if !annotations.entries.isEmpty { post(.noted(annotations)) }
    chunk = ExampleChunk(classes: model.classifier.classes.count)
  }
}
