internal import ArgumentParser
internal import Reports

/// A kind of document that a command writes. The command offers the formats that have a writer for
/// it.
protocol CommandDocument {
  static var formats: [OutputFormat] { get }
  static var help: String { get }
}

enum Predictions: CommandDocument {
  static let formats = OutputCatalog.standard.formats(writing: \.predictions)
  static let help = OutputCatalog.standard.help(writing: \.predictions)
}

enum Explanations: CommandDocument {
  static let formats = OutputCatalog.standard.formats(writing: \.explanations)
  static let help = OutputCatalog.standard.help(writing: \.explanations)
}

enum Evaluations: CommandDocument {
  static let formats = OutputCatalog.standard.formats(writing: \.evaluation)
  static let help = OutputCatalog.standard.help(writing: \.evaluation)
}

enum Facts: CommandDocument {
  static let formats = OutputCatalog.standard.formats(writing: \.facts)
  static let help = OutputCatalog.standard.help(writing: \.facts)
}

/// The argument of `--format`.
struct FormatArgument<Document: CommandDocument>: ExpressibleByArgument {
  let format: OutputFormat

  static var text: FormatArgument { FormatArgument(format: .text) }

  init?(argument: String) {
    guard let format = Document.formats.first(where: { $0.name == argument }) else { return nil }
    self.format = format
  }

  private init(format: OutputFormat) { self.format = format }

  var defaultValueDescription: String { format.name }
  static var allValueStrings: [String] { Document.formats.map(\.name) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}

/// `--format`, with `--json` as its short form.
struct FormatOptions<Document: CommandDocument>: ParsableArguments {
  @Option(help: ArgumentHelp(stringLiteral: Document.help))
  var format = FormatArgument<Document>.text

  @Flag(name: .customLong("json"), help: "Short for --format json.")
  var asJSON = false

  var chosen: OutputFormat { asJSON ? .json : format.format }
}
