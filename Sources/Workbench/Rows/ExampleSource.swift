public import Classifiers
public import Datasets

/// Labelled texts that can be read for a model, from the first row.
public protocol ExampleSource: Sendable {
  /// What the screen calls it.
  var name: String { get }
  /// The file's whole path; nil where it can't be found again.
  var path: String? { get }
  /// What the user said of the file besides, as on the command line.
  var arguments: [String] { get }
  /// Reading it a second time gives the same rows, as it does of a file and not of a pipe.
  var canBeReadAgain: Bool { get }

  /// - Throws: facts about a file that can't be read.
  func open(for model: Model) throws -> any ExampleReading
}

/// A data set whose reading begins.
public protocol ExampleReading {
  /// - Parameters:
  ///   - understood: called once, before the first row.
  ///   - body: takes each row, and how much of the data set was read by then, from 0 to 1; nil where
  ///     nobody knows.
  /// - Returns: how the file was understood.
  mutating func read(
    understood: (DatasetFacts) -> Void, _ body: (DatasetLine, Double?) throws -> Void
  ) throws -> DatasetFacts
}
