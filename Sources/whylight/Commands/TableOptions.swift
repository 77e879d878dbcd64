public import ArgumentParser
public import Datasets
internal import Reports

extension SourceEncoding: ExpressibleByArgument {
  public init?(argument: String) {
    guard let encoding = SourceEncoding(named: argument) else { return nil }
    self = encoding
  }
}

/// How a file of texts is read if that cannot be detected; the same for every command.
struct TableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "csv, tsv, json, jsonl or txt, if neither the file's name nor its content shows it.",
      valueName: "format"))
  var dataFormat: String?

  @Option(help: ArgumentHelp("The column of the texts.", valueName: "name"))
  var textColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column of the second texts; detected by its name if not given.", valueName: "name"))
  var pairColumn: String?

  @Option(
    help: ArgumentHelp(
      "utf-8, utf-16le, utf-16be or windows-1252; detected if not given.", valueName: "name"))
  var encoding: SourceEncoding?

  @Flag(
    inversion: .prefixedNo,
    help: "The first line of a table names its columns; detected if not given.")
  var header: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Quotes around a table's field are not part of it; detected if not given.")
  var quotes: Bool?

  /// In the form of a command line.
  var arguments: [String] {
    func option(_ name: String, _ value: String?) -> [String] {
      value.map { ["--" + name, $0] } ?? []
    }
    func flag(_ name: String, _ value: Bool?) -> [String] {
      value.map { [$0 ? "--" + name : "--no-" + name] } ?? []
    }
    return option("data-format", dataFormat) + option("text-column", textColumn)
      + option("pair-column", pairColumn)
      + option("encoding", encoding?.rawValue) + flag("header", header) + flag("quotes", quotes)
  }

  /// - Parameter path: the file, or `-` for standard input.
  /// - Throws: `Failure` if there is no such format.
  func file(path: String) throws -> TableFile {
    var file = TableFile(path: path)
    if let dataFormat {
      guard let format = TextFormatCatalog.format(named: dataFormat) else {
        throw Failure.usage(
          "no format '\(dataFormat)'; the formats are \(Messages.list(TextFormatCatalog.formats.map(\.name)))"
        )
      }
      file.format = format
    }
    file.encoding = encoding
    file.hasHeader = header
    file.hasQuotes = quotes
    return file
  }
}
