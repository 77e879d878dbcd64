internal import Classifiers
internal import Datasets

/// A data set as the user names it, to be opened for a model.
struct DatasetSource: Sendable {
  var file: TableFile
  var options = DatasetReader.Options()
  var limit: Int?

  init(_ file: TableFile) {
    self.file = file
  }

  var path: String { file.path }

  /// - Throws: `TextFileError`.
  func open(for model: Model) throws -> Dataset {
    let opened = try file.open()
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
struct Dataset {
  var source: TableSource
  let reader: DatasetReader
  let limit: Int?
  let bytes: InputBytes
  let file: TableFile

  /// - Parameter understood: called once, before the first row.
  /// - Returns: how the file was understood.
  mutating func read(
    understood: (DatasetFacts) -> Void = { _ in }, _ body: (DatasetLine) throws -> Void
  ) throws -> DatasetFacts {
    let file = file
    let again: (() throws -> TableSource)? =
      file.canBeReadAgain ? { try file.open().source } : nil
    return try reader.read(
      &source, limit: limit, again: again, understood: understood, body)
  }
}
