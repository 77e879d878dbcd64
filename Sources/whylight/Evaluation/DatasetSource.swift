internal import Classifiers
internal import Datasets

/// A data set as the user names it, to be opened for a model.
struct DatasetSource: Sendable {
  /// `-` is standard input.
  var path: String
  /// nil where the file's name or its first bytes tell.
  var format: (any TextFormat)?
  var options = DatasetReader.Options()
  /// nil where it is found out.
  var encoding: SourceEncoding?
  var hasHeader: Bool?
  var limit: Int?

  init(path: String) {
    self.path = path
  }

  /// - Throws: `TextFileError`.
  func open(for model: Model) throws -> Dataset {
    let bytes = try InputBytes(path: path)
    var first: [UInt8]? = try bytes.next()
    if Catalog.isParquet(first ?? []) { throw TextFileError.parquet(path: path) }
    let format = try format ?? guessedFormat(first ?? [])
    let stream = ByteStream(encoding: encoding) {
      defer { first = nil }
      return try first ?? bytes.next()
    }
    let fallback: FieldDecoder.Fallback =
      switch encoding {
      case .windows1252: .always
      // JSON is UTF-8 by its own definition (RFC 8259, section 8.1)
      case nil where format.name != "jsonl": .whereLikely
      default: .none
      }
    return Dataset(
      source: TableSource(stream, fallback: fallback, hasHeader: hasHeader),
      reader: DatasetReader(
        format, classes: model.classifier.classes,
        isMultiLabel: model.classifier.link == .sigmoid,
        isRegression: model.classifier.link == .identity, options: options),
      limit: limit, bytes: bytes)
  }

  private func guessedFormat(_ first: [UInt8]) throws -> any TextFormat {
    do {
      if path != "-" { return try Catalog.format(ofFile: path) }
    } catch TextFileError.unknownFormat {
      // the bytes tell more than the name
    }
    guard let format = Catalog.format(ofBytes: first) else {
      throw TextFileError.unknownFormat(path: path, known: Catalog.endings)
    }
    return format
  }
}

/// A data set that is about to be read.
struct Dataset {
  var source: TableSource
  let reader: DatasetReader
  let limit: Int?
  let bytes: InputBytes

  /// - Returns: how the file was understood.
  mutating func read(_ body: (DatasetLine) throws -> Void) throws -> DatasetFacts {
    try reader.read(&source, limit: limit, body)
  }
}
