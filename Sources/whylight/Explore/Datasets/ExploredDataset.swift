internal import Classifiers
internal import Datasets
internal import Workbench

/// A data set to be looked at in the explorer.
struct ExploredDataset: ExampleSource {
  var source: DatasetSource
  /// What the user said of the file, as on the command line.
  var arguments: [String] = []
  /// It is that of the last session.
  var isRestored = false

  var name: String { source.path.split(separator: "/").last.map(String.init) ?? source.path }
  var path: String? { PathCompletions.absolute(source.path) }
  /// What is no file, as a pipe, can be read once only.
  var canBeReadAgain: Bool { source.file.canBeReadAgain }

  func open(for model: Model) throws -> any ExampleReading {
    ExploredReading(dataset: try source.open(for: model))
  }
}

private struct ExploredReading: ExampleReading {
  var dataset: Dataset

  mutating func read(
    understood: (DatasetFacts) -> Void, _ body: (DatasetLine, Double?) throws -> Void
  ) throws -> DatasetFacts {
    let bytes = dataset.bytes
    return try dataset.read(understood: understood) { try body($0, bytes.share) }
  }
}
