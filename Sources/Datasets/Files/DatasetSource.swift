package import Classifiers
internal import Tokenizers

/// A data set as the user names it, to be opened for a model.
package struct DatasetSource: Sendable {
  package var file: TableFile
  package var options = DatasetReader.Options()
  /// Read so many rows at most; nil for all.
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

/// A data set that is about to be read.
package struct Dataset {
  private var source: TableSource
  private let reader: DatasetReader
  private let limit: Int?
  private let file: TableFile
  /// How much of the file was read.
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
  /// - Returns: how the file was understood.
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
