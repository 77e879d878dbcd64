public import ArgumentParser
internal import Classifiers
public import Datasets

extension SourceEncoding: ExpressibleByArgument {}

/// Which data set is read, and what its columns and labels mean where that can't be told.
struct DatasetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Texts with labels: .csv, .tsv, .jsonl, .txt (fastText's __label__), or - for standard input.",
      valueName: "file"))
  var data: String

  @Option(
    help: ArgumentHelp(
      "csv, tsv, jsonl or txt, where the name of the file does not tell.", valueName: "format"))
  var dataFormat: String?

  @Option(help: ArgumentHelp("The column of the texts.", valueName: "name"))
  var textColumn: String?
  @Option(help: ArgumentHelp("The column of the labels.", valueName: "name"))
  var labelColumn: String?
  @Option(help: ArgumentHelp("The column of the file's own row names.", valueName: "name"))
  var idColumn: String?

  @Option(
    name: .customLong("map"),
    help: ArgumentHelp("What a label means; may be repeated.", valueName: "label=class"))
  var labelMap: [String] = []

  @Option(
    help: ArgumentHelp(
      "What stands between the labels of one text; |, ; or , if not given.", valueName: "sign"))
  var labelSeparator: String?

  @Option(
    help: ArgumentHelp(
      "utf-8, utf-16le, utf-16be or windows-1252; found out if not given.", valueName: "name"))
  var encoding: SourceEncoding?

  @Flag(
    inversion: .prefixedNo,
    help: "The first line of a table names its columns; found out if not given.")
  var header: Bool?

  @Option(help: ArgumentHelp("Read so many rows at most.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    if let labelSeparator, labelSeparator.count != 1 {
      throw ValidationError("--label-separator must be one character")
    }
  }

  /// - Parameter requiresLabels: a data set without labels is refused.
  func open(for model: Model, requiresLabels: Bool = true) throws -> Dataset {
    let bytes = try InputBytes(path: data)
    var first: [UInt8]? = try bytes.next()
    let format = try format(first ?? [])
    let stream = ByteStream(encoding: encoding) {
      defer { first = nil }
      return try first ?? bytes.next()
    }
    var options = DatasetReader.Options()
    options.columns = ColumnNames(text: textColumn, label: labelColumn, id: idColumn)
    options.labelMap = try labelMap.map(Self.pair)
    options.labelSeparator = labelSeparator?.first
    options.requiresLabels = requiresLabels
    let fallback: FieldDecoder.Fallback =
      switch encoding {
      case .windows1252: .always
      // JSON is UTF-8 by its own definition (RFC 8259, section 8.1)
      case nil where format.name != "jsonl": .whereLikely
      default: .none
      }
    return Dataset(
      source: TableSource(stream, fallback: fallback, hasHeader: header),
      reader: DatasetReader(
        format, classes: model.classifier.classes,
        isMultiLabel: model.classifier.link == .sigmoid, options: options),
      limit: limit, bytes: bytes)
  }

  private func format(_ first: [UInt8]) throws -> any TextFormat {
    if let dataFormat {
      guard let format = Catalog.format(named: dataFormat) else {
        throw Failure.usage(
          "no format '\(dataFormat)'; known are \(Messages.list(Catalog.formats.map(\.name)))")
      }
      return format
    }
    do {
      if data != "-" { return try Catalog.format(ofFile: data) }
    } catch TextFileError.unknownFormat(let path, let known) {
      guard let format = Catalog.format(ofBytes: first) else {
        throw TextFileError.unknownFormat(path: path, known: known)
      }
      return format
    }
    guard let format = Catalog.format(ofBytes: first) else {
      throw TextFileError.unknownFormat(path: data, known: Catalog.endings)
    }
    return format
  }

  private static func pair(_ argument: String) throws -> (label: String, className: String) {
    // A label may hold an equals sign; the classes are the model's, and seldom do.
    guard let sign = argument.lastIndex(of: "="), sign > argument.startIndex else {
      throw Failure.usage("--map \(argument): expected LABEL=CLASS")
    }
    return (String(argument[..<sign]), String(argument[argument.index(after: sign)...]))
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
