internal import Classifiers
internal import Datasets
internal import Workbench

/// A data set for the explorer.
struct ExploredDataset: ExampleSource {
  var source: DatasetSource
  /// The user's options for the file, in the form of a command line.
  var arguments: [String] = []
  /// Whether it comes from the last session.
  var isRestored = false

  var name: String { source.path.split(separator: "/").last.map(String.init) ?? source.path }
  var path: String? { PathCompletions.absolute(source.path) }
  /// Pipes and other non-files can be read only once.
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
