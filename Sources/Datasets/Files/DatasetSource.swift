package import Classifiers
internal import Tokenizers

/// A data set as the user specifies it, to be opened for a model.
package struct DatasetSource: Sendable {
  package var file: TableFile
  package var options = DatasetReader.Options()
  /// The most rows to read; nil for all.
  package var limit: Int?

  package init(_ file: TableFile) {
    self.file = file
  }

  package var path: String { file.path }

  /// - Throws: `TextFileError`.
  package func open(for model: Model) throws -> Dataset {
    let opened = try file.open()
    var options = options
    options.readsPairs = model.tokenizer.readsPairs
    return Dataset(
      source: opened.source,
      reader: DatasetReader(
        opened.format, classes: model.classifier.classes,
        isMultiLabel: model.classifier.link == .sigmoid,
        isRegression: model.classifier.link == .identity, options: options),
      limit: limit, bytes: opened.bytes, file: file)
  }
}

/// A data set that is open for reading.
package struct Dataset {
  private var source: TableSource
  private let reader: DatasetReader
  private let limit: Int?
  private let file: TableFile
  /// Tells how much of the file has been read.
  package let bytes: InputBytes

  fileprivate init(
    source: TableSource, reader: DatasetReader, limit: Int?, bytes: InputBytes, file: TableFile
  ) {
    self.source = source
    self.reader = reader
    self.limit = limit
    self.bytes = bytes
    self.file = file
  }

  /// - Parameter understood: called once, before the first row.
  /// - Returns: how the file was interpreted.
  package mutating func read(
    understood: (DatasetFacts) -> Void = { _ in }, _ body: (DatasetLine) throws -> Void
  ) throws -> DatasetFacts {
    let file = file
    let again: (() throws -> TableSource)? =
      file.canBeReadAgain ? { try file.open().source } : nil
    return try reader.read(
      &source, limit: limit, again: again, understood: understood, body)
  }
}
