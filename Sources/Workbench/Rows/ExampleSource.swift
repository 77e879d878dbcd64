public import Classifiers
public import Datasets

/// Labelled texts that can be read for a model from the start.
public protocol ExampleSource: Sendable {
  /// Its name on the screen.
  var name: String { get }
  /// The file's absolute path; nil if it cannot be found again.
  var path: String? { get }
  /// The user's other options for the file, in the form of a command line.
  var arguments: [String] { get }
  /// Whether reading it again gives the same rows, as for a file but not for a pipe.
  var canBeReadAgain: Bool { get }

  /// - Throws: the reason why the file cannot be read.
  func open(for model: Model) throws -> any ExampleReading
}

/// A data set that is open for reading.
public protocol ExampleReading {
  /// - Parameters:
  ///   - understood: called once, before the first row.
  ///   - body: called with each row, and with the fraction of the data set read so far, from 0 to
  ///     1; nil if unknown.
  /// - Returns: how the file was interpreted.
  mutating func read(
    understood: (DatasetFacts) -> Void, _ body: (DatasetLine, Double?) throws -> Void
  ) throws -> DatasetFacts
}
