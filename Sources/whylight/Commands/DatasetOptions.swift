internal import ArgumentParser
internal import Datasets

/// How a data set is read: the meaning of its columns and labels if it cannot be inferred.
struct DatasetOptions: ParsableArguments {
  @OptionGroup var table: TableOptions

  @Option(help: ArgumentHelp("The column of the labels.", valueName: "name"))
  var labelColumn: String?
  @Option(help: ArgumentHelp("The column of the file's own row names.", valueName: "name"))
  var idColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column of annotated reasons: spans, flags or phrases.",
      valueName: "name"))
  var rationaleColumn: String?

  @Option(
    name: .customLong("map"),
    help: ArgumentHelp("What a label means; may be repeated.", valueName: "label=class"))
  var labelMap: [String] = []

  @Option(
    help: ArgumentHelp(
      "The separator between the labels of a text; |, ; or , if not given.", valueName: "sign"))
  var labelSeparator: String?

  @Option(help: ArgumentHelp("Read at most this many rows.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    if let labelSeparator, labelSeparator.count != 1 {
      throw ValidationError("--label-separator must be one character")
    }
  }

  /// In the form of a command line.
  var arguments: [String] {
    func option(_ name: String, _ value: String?) -> [String] {
      value.map { ["--" + name, $0] } ?? []
    }
    return table.arguments
      + option("label-column", labelColumn) + option("id-column", idColumn)
      + option("rationale-column", rationaleColumn) + labelMap.flatMap { ["--map", $0] }
      + option("label-separator", labelSeparator)
      + option("limit", limit.map(String.init))
  }

  /// - Parameter path: the file, or `-` for standard input.
  /// - Throws: `Failure` if an option is invalid.
  func source(path: String) throws -> DatasetSource {
    var source = DatasetSource(try table.file(path: path))
    source.options.columns = ColumnNames(
      text: table.textColumn, pair: table.pairColumn, label: labelColumn, id: idColumn,
      rationale: rationaleColumn)
    source.options.labelMap = try labelMap.map {
      try Self.pair($0, option: "--map", expected: "LABEL=CLASS")
    }
    source.options.labelSeparator = labelSeparator?.first
    source.limit = limit
    return source
  }

  /// - Throws: `Failure`, with the option's name and its form.
  static func pair(
    _ argument: String, option: String, expected: String
  ) throws -> (label: String, className: String) {
    // Labels are more likely to contain an equals sign than the model's classes.
    guard let sign = argument.lastIndex(of: "="), sign > argument.startIndex else {
      throw Failure.usage("\(option) \(argument): expected \(expected)")
    }
    return (String(argument[..<sign]), String(argument[argument.index(after: sign)...]))
  }
}
