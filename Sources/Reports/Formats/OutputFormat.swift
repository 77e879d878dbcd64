public import Classifiers
public import TerminalUI

/// A format in which results are written: what it is called, and its writers, one for each kind of
/// document that it can hold.
///
/// A format is a file in this folder and a line in `OutputCatalog`. What `--format` of a command
/// takes, its help, and the explorer's list of exports are the formats that have the writer in
/// question.
public struct OutputFormat: Sendable {
  /// As `--format` takes it.
  public let name: String
  /// Of file names, without the dot.
  public let ending: String
  /// What it is, in the list of exports.
  public let summary: String
  /// For programs: there is no place for a sentence to a reader, which goes to standard error then.
  public let isData: Bool

  /// What the model says of each text.
  public var predictions: DocumentWriter<ReportSettings, any PredictionReport>?
  /// How an explainer scores the words of each text.
  public var explanations: DocumentWriter<ReportSettings, any Report>?
  /// Why one candidate for a text stands before another.
  public var contrasts: DocumentWriter<ReportSettings, any ContrastReport>?
  /// How well a model does on a data set.
  package var evaluation: DocumentWriter<(any EvaluationReport, CSVForm), Output>?
  /// What the model says of each row of a data set.
  package var rows: DocumentWriter<ReportSettings, any RowReport>?
  /// Facts about one thing: a model, a text, a machine.
  package var facts: DocumentWriter<any FactsReport, Output>?
  package var table: DocumentWriter<TableHead, any TableReport>?
  /// The screen as it is.
  package var screen: DocumentWriter<ScreenCapture, Output>?
  /// A line of the input that could not be read, in the place of its result. nil: it is told on
  /// standard error.
  package var badLine: (@Sendable (_ line: Int, _ sentence: String) -> Output)?
  /// Draws what the writers write, which is all in the report's `closing` then. nil: what they write
  /// is the output.
  package var rasterizer: Rasterizer?

  public init(name: String, ending: String? = nil, summary: String, isData: Bool = false) {
    self.name = name
    self.ending = ending ?? name
    self.summary = summary
    self.isData = isData
  }

  /// What was written, as the output gets it.
  /// - Throws: `RasterizerError`.
  package func bytes(of output: Output) throws -> [UInt8] {
    try rasterizer?.png(output.text) ?? Array(output.text.utf8)
  }
}

/// Two formats of one name are the same.
extension OutputFormat: Hashable {
  public static func == (first: OutputFormat, second: OutputFormat) -> Bool {
    first.name == second.name
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// How a format writes one kind of document.
public struct DocumentWriter<Input, Document>: Sendable {
  /// What `--help` adds to the format's name.
  public let note: String?
  private let make: @Sendable (Input) -> Document

  public init(note: String? = nil, _ make: @escaping @Sendable (Input) -> Document) {
    self.note = note
    self.make = make
  }

  public func callAsFunction(_ input: Input) -> Document { make(input) }
}

/// What a report is made for.
public struct ReportSettings: Sendable {
  public let model: Model
  public let csvForm: CSVForm
  /// The colours of text; nil where no escape sequence may be written.
  public let paint: TerminalPaint?
  /// The theme of output that is coloured whatever it is written to.
  public let theme: Theme
  /// Whether the texts are candidates, each with its rank.
  public let isRanked: Bool

  public init(
    model: Model, csvForm: CSVForm = .exact, paint: TerminalPaint? = nil,
    theme: Theme = ThemeLibrary().preferred(.dark), isRanked: Bool = false
  ) {
    self.model = model
    self.csvForm = csvForm
    self.paint = paint
    self.theme = theme
    self.isRanked = isRanked
  }
}

/// A screen of the explorer and the theme in which it is shown.
package struct ScreenCapture: Sendable {
  package let frame: Frame
  package let theme: Theme

  package init(frame: Frame, theme: Theme) {
    self.frame = frame
    self.theme = theme
  }
}
