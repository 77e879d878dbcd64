import Attribution
import Checkpoints
import Classifiers
import Datasets
import Synchronization
import TestSupport
import Tokenizers
import Workbench

/// A workbench without files: the tiny model, and what a test lays on it.
struct Bench: Surroundings {
  var model = Model.tiny()
  /// What opening a model gives, by what was asked for.
  var opening: @Sendable (String?, LoadProgress) throws -> Model = { _, _ in .tiny() }
  var written: [ContentHash: Annotations.Entry] = [:]
  var card: @Sendable (String?) -> FoundCard = { _ in .none }
  var remarks: [String] = []
  var writing: @Sendable (Export) throws -> Export.Answer = { _ in .written(bytes: 0) }

  func open(_ argument: String?, progress: LoadProgress) throws -> OpenedModel {
    let model = try opening(argument, progress)
    return OpenedModel(model, summary: ModelSummary(model, argument: argument), name: argument)
  }
  func card(of argument: String?) -> FoundCard { card(argument) }
  func remarks(on model: Model) -> [String] { remarks }
  func predictions(of model: OpenedModel, isQuiet: Bool) -> StoredPredictions? { nil }
  func scores(of model: OpenedModel, method: String) -> StoredScores? { nil }
  func notes() -> [ContentHash: Annotations.Entry] { written }
  func write(_ export: Export, _ lab: Lab) throws -> Export.Answer { try writing(export) }
  func notify(_ sentence: String) {}

  /// Both seats are taken; each look at the clock is a hundredth of a second later.
  func lab(_ examples: (any ExampleSource)? = nil) -> Lab {
    let looks = Collected<Void>()
    var lab = Lab(self, examples: examples) {
      looks.add(())
      return .milliseconds(10 * looks.all.count)
    }
    for seat in [ModelSeat.main, .other] {
      lab.seat(OpenedModel(model, summary: ModelSummary(model)), in: seat)
    }
    return lab
  }

  /// No model, no data set.
  static var empty: Lab { Lab(Bench()) }
}

/// Values in the order in which any threads added them.
final class Collected<Value: Sendable>: Sendable {
  private let values = Mutex<[Value]>([])

  var all: [Value] { values.withLock(\.self) }
  func add(_ value: Value) { values.withLock { $0.append(value) } }
}

extension Question {
  /// The partial answers on the way, and the last one.
  func run(in lab: Lab) throws -> (progress: [Answer], answer: Answer) {
    let progress = Collected<Answer>()
    let answer = try answer(lab) { progress.add($0) }
    return (progress.all, answer)
  }

  /// What becomes of it in a task that was cancelled before.
  func resultWhenCancelled(_ lab: Lab) async -> Result<Answer, any Error> {
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return Result { try answer(lab) { _ in } }
    }
    task.cancel()
    return await task.value
  }
}

/// A table in memory.
struct Rows: ExampleSource {
  var name = "rows.csv"
  var path: String? = "/data/rows.csv"
  var arguments = ["--text-column", "text"]
  var canBeReadAgain = true
  /// Labels are numbers.
  var isOfNumbers = false
  var text: String

  /// Of the classes of the tiny model; the second one is a bad row.
  init(_ count: Int) {
    let rows = (0..<count).map {
      $0 == 1 ? "a text without its label" : "text number \($0),class \($0 % 3)"
    }
    text = "text,label\n" + rows.joined(separator: "\n") + "\n"
  }

  func open(for model: Model) throws -> any ExampleReading {
    Reading(
      reader: DatasetReader(
        try TextFormatCatalog.format(ofFile: name, first: Array(text.utf8)),
        classes: model.classifier.classes, isMultiLabel: false, isRegression: isOfNumbers),
      source: TableSource(ByteStream(Array(text.utf8))))
  }

  private struct Reading: ExampleReading {
    let reader: DatasetReader
    var source: TableSource

    mutating func read(
      understood: (DatasetFacts) -> Void, _ body: (DatasetLine, Double?) throws -> Void
    ) throws -> DatasetFacts {
      try reader.read(&source, understood: understood) { try body($0, 0.5) }
    }
  }

  /// As it is once the tiny model has scored it.
  static func table(_ count: Int) throws -> ExampleTable {
    var table = ExampleTable(classes: Model.tiny().classifier.classes)
    for case .scored(let chunk, _) in try ScoreRows().run(in: Bench().lab(Rows(count))).progress {
      table.append(chunk)
    }
    return table
  }
}
