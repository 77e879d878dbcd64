internal import Classifiers
internal import Datasets
internal import Explorer
internal import Foundation
internal import Ncurses

/// The jobs about a data set, each kind one at most.
struct DatasetTasks {
  fileprivate var scoring: Task<Void, Never>?
  fileprivate var counting: Task<Void, Never>?
  fileprivate var viewing: Task<Void, Never>?
  fileprivate var reporting: Task<Void, Never>?
  fileprivate var explaining: Task<Void, Never>?
  fileprivate var contrasting: Task<Void, Never>?
  fileprivate var words: Task<Void, Never>?
  fileprivate var other: Task<Void, Never>?
  /// What the table is of.
  fileprivate var explored: ExploredDataset?
  fileprivate let notes = NotesKeeper()

  /// The file that the table is of.
  var path: String? { explored?.source.path }

  func cancel() {
    for task in [scoring, viewing, reporting, explaining, contrasting, words, other] {
      task?.cancel()
    }
  }
}

/// A data set to be looked at in the explorer.
struct ExploredDataset: Sendable {
  var source: DatasetSource
  /// What the user said of the file, as on the command line.
  var arguments: [String] = []
  /// It is that of the last session.
  var isRestored = false
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
    dataset.explored = explored
    for task in [
      dataset.scoring, dataset.counting, dataset.explaining, dataset.contrasting, dataset.words,
      dataset.other,
    ] {
      task?.cancel()
    }
    count(explored)
    let notes = dataset.notes
    dataset.scoring = start(after: dataset.scoring, priority: .utility) { [mailbox, words] in
      func post(_ event: DatasetEvent) { mailbox.post(.event(.dataset(event))) }
      post(
        .began(
          name: explored.name, path: PathCompletions.absolute(explored.source.path),
          arguments: explored.arguments))
      do {
        guard model.classifier.link != .identity else {
          return post(.failed("\(model.name) answers with numbers, not with classes"))
        }
        let memory = CacheFolder.memory(
          of: model, opened: explored.modelArgument, with: explored.openingOptions
        ) { mailbox.post(.event(.notice($0))) }
        let written = notes.notes { mailbox.post(.event(.notice($0))) }
        let progress = try ScoringJob(model: model, memory: memory, notes: written, post: post) {
          mailbox.post(.event(.notice($0)))
        }.run(try explored.source.open(for: model))
        post(.ended(progress))
      } catch is CancellationError {
      } catch {
        post(.failed(words.sentence(error)))
      }
    }
  }

  /// How many rows there are, long before they are scored. What is no file, as a pipe, can be read
  /// once only.
  private func count(_ explored: ExploredDataset) {
    let file = URL(filePath: explored.source.path).resolvingSymlinksInPath()
    guard let model, (try? file.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
    else { return }
    dataset.counting = start(after: dataset.counting, priority: .utility) { [mailbox] in
      // what is wrong with the file is told by the job that scores it
      guard var rows = try? explored.source.open(for: model) else { return }
      var count = 0
      let facts = try? rows.read { line in
        if case .example = line { count += 1 }
        if count.isMultiple(of: 1000) { try Task.checkCancellation() }
      }
      if facts != nil { mailbox.post(.event(.dataset(.counted(count)))) }
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

  /// The rows in sight, a few at a time, so that the first are seen soon.
  func explain(_ rows: [Int], of table: ExampleTable) {
    guard let explainer = rowExplainer else { return }
    dataset.explaining?.cancel()
    dataset.explaining = start(after: dataset.explaining, priority: .utility) { [mailbox] in
      for first in stride(from: 0, to: rows.count, by: 4) {
        let part = Array(rows[first..<min(rows.count, first + 4)]).filter { $0 < table.count }
        // a failure leaves the column empty; the prediction has told the reason
        guard let explained = try? explainer.explain(part, of: table) else { return }
        mailbox.post(.event(.dataset(.explained(explained))))
      }
    }
  }

  func contrast(_ asked: ContrastedRow, of table: ExampleTable) {
    guard let explainer = rowExplainer, asked.row < table.count else { return }
    dataset.contrasting?.cancel()
    dataset.contrasting = start(after: dataset.contrasting) { [mailbox] in
      guard let explained = try? explainer.contrast(asked, of: table) else { return }
      mailbox.post(.event(.dataset(.contrasted(asked, explained))))
    }
  }

  func explainAll(of table: ExampleTable) {
    guard let explainer = rowExplainer else {
      return mailbox.post(
        .event(.dataset(.words(.failed("no method of one pass suits this model")))))
    }
    dataset.words?.cancel()
    dataset.words = start(after: dataset.words, priority: .utility) { [mailbox, words] in
      func post(_ event: WordsEvent) { mailbox.post(.event(.dataset(.words(event)))) }
      do {
        try WordsJob(explainer: explainer, table: table, post: post).run()
      } catch is CancellationError {
      } catch {
        post(.failed(words.sentence(error)))
      }
    }
  }

  func stopExplaining() { dataset.words?.cancel() }

  /// What was found out before is in the store; its notices were told when the rows were scored.
  private var rowExplainer: RowExplainer? {
    guard let model, let explored = dataset.explored else { return nil }
    return RowExplainer(model) { method in
      CacheFolder.scores(
        of: model, opened: explored.modelArgument, with: explored.openingOptions,
        method: method, report: { _ in })
    }
  }

  func ask(
    other argument: String, classMap: [String: String], of table: ExampleTable,
    open: @escaping @Sendable (String?) throws -> Model
  ) {
    guard let model else { return }
    noteModel(argument)
    dataset.other?.cancel()
    dataset.other = start(after: dataset.other, priority: .utility) { [mailbox, words] in
      func post(_ event: OtherEvent) { mailbox.post(.event(.dataset(.other(event)))) }
      do {
        let second = try open(argument)
        let given = classMap.map { (label: $0.key, className: $0.value) }
        let (mine, others) = (model.classifier.classes, second.classifier.classes)
        if others.count == mine.count, ClassMatching(others, to: mine, given: given) == nil {
          return post(.unmatched(name: second.name, classes: others))
        }
        let memory = CacheFolder.memory(
          of: second, opened: PathCompletions.absolute(argument), with: OpeningOptions(),
          report: { _ in })
        let job = try OtherJob(second, beside: model, given: given, memory: memory, post: post)
        if let assumption = job.classes.assumption {
          mailbox.post(.event(.notice(assumption)))
        }
        try job.run(table)
      } catch is CancellationError {
      } catch {
        post(.failed(words.sentence(error)))
      }
    }
  }

  func stopOther() { dataset.other?.cancel() }

  /// At once: what a user wrote is in the file before the next key is heard.
  /// - Returns: why it is not kept, as a sentence; nil where it is.
  func keep(_ entries: [Int: Annotations.Entry], of table: ExampleTable) -> String? {
    dataset.notes.keep(
      entries.filter { $0.key < table.count }
        .map { (text: table.text(ofRow: $0.key), entry: $0.value) })
  }
}
