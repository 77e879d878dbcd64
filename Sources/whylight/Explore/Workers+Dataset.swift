internal import Classifiers
internal import Datasets
internal import Explorer
internal import Ncurses

/// The jobs about a data set, each kind one at most.
struct DatasetTasks {
  fileprivate var scoring: Task<Void, Never>?
  fileprivate var viewing: Task<Void, Never>?
  fileprivate var reporting: Task<Void, Never>?
}

/// A data set to be looked at in the explorer.
struct ExploredDataset: Sendable {
  var source: DatasetSource
  /// How the model was opened, by which its earlier answers are found.
  var modelArgument: String?
  var openingOptions = OpeningOptions()

  /// What the screen calls it.
  var name: String { source.path.split(separator: "/").last.map(String.init) ?? source.path }
}

extension Workers {
  /// Asks the model about all rows beside the screen, and hands them over as they come.
  func score(_ explored: ExploredDataset) {
    guard let model else { return }
    dataset.scoring?.cancel()
    dataset.scoring = start(after: dataset.scoring, priority: .utility) { [mailbox, words] in
      func post(_ event: DatasetEvent) { mailbox.post(.event(.dataset(event))) }
      post(.began(name: explored.name))
      do {
        guard model.classifier.link != .identity else {
          return post(.failed("\(model.name) answers with numbers, not with classes"))
        }
        let memory = CacheFolder.memory(
          of: model, opened: explored.modelArgument, with: explored.openingOptions
        ) { mailbox.post(.event(.notice($0))) }
        let progress = try ScoringJob(model: model, memory: memory, post: post)
          .run(try explored.source.open(for: model))
        post(.ended(progress))
      } catch is CancellationError {
      } catch {
        post(.failed(words.sentence(error)))
      }
    }
  }

  func stopScoring() { dataset.scoring?.cancel() }

  func view(_ request: ErrorsViewRequest, of table: ExampleTable) {
    dataset.viewing?.cancel()
    dataset.viewing = start(after: dataset.viewing) { [mailbox] in
      guard let query = try? Query(request.query),
        let view = try? table.view(
          query, order: request.order, isReversed: request.isReversed,
          annotations: request.annotations)
      else { return }
      mailbox.post(.event(.dataset(.viewed(request, view))))
    }
  }

  func report(_ request: ErrorsReportRequest, of table: ExampleTable) {
    dataset.reporting?.cancel()
    dataset.reporting = start(after: dataset.reporting, priority: .utility) { [mailbox] in
      let slices = request.ownSlices.compactMap { try? Query($0) }
      guard let report = try? table.report(ownSlices: slices) else { return }
      mailbox.post(.event(.dataset(.reported(request, report))))
    }
  }
}

/// Reads and scores a data set to its end.
private final class ScoringJob {
  private let model: Model
  private let memory: StoredPredictions?
  private let post: (DatasetEvent) -> Void
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var chunk: ExampleChunk
  private var progress = ScoringProgress()
  private var read = 0

  init(model: Model, memory: StoredPredictions?, post: @escaping (DatasetEvent) -> Void) {
    self.model = model
    self.memory = memory
    self.post = post
    start = clock.now
    chunk = ExampleChunk(classes: model.classifier.classes.count)
  }

  func run(_ dataset: Dataset) throws -> ScoringProgress {
    var dataset = dataset
    let bytes = dataset.bytes
    var scorer = Scorer(
      model, memory: memory, progress: { [self] in progress.rows += $0 }, collect)
    _ = try dataset.read { line in
      read += 1
      try scorer.add(line)
      if chunk.count > 0 { handOver(share: bytes.share) }
    }
    try scorer.finish()
    handOver(share: 1)
    return progress
  }

  private func collect(_ line: ScoredLine) {
    switch line {
    case .bad: progress.badRows += 1
    case .scored(let example, let logits):
      chunk.append(
        example, Judgement(logits: logits, gold: example.gold, link: model.classifier.link))
    }
  }

  private func handOver(share: Double?) {
    progress.share = share.map { $0 * Double(progress.rows) / Double(max(1, read)) }
    progress.rowsPerSecond = Double(progress.rows) / max(1e-3, (clock.now - start) / .seconds(1))
    post(.scored(chunk, progress))
    chunk = ExampleChunk(classes: model.classifier.classes.count)
  }
}
