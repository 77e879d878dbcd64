public import Classifiers
public import TerminalUI

/// A format in which results are written: its name, and a writer for each kind of document that it
/// supports.
///
/// A format is a file in this folder and a line in `OutputCatalog`. The values of a command's
/// `--format`, its help, and the explorer's list of exports are derived from the formats with the
/// writer in question.
public struct OutputFormat: Sendable {
  /// The value of `--format`.
  public let name: String
  /// The ending of file names, without the dot.
  public let ending: String
  /// A description for the list of exports.
  public let summary: String
  /// Whether it is read by programs, so that notes to the user go to standard error.
  public let isData: Bool

  /// The model's prediction for each text.
  public var predictions: DocumentWriter<ReportSettings, any PredictionReport>?
  /// The scores of each text's words by an explainer.
  public var explanations: DocumentWriter<ReportSettings, any Report>?
  /// Why one candidate for a text stands before another.
  public var contrasts: DocumentWriter<ReportSettings, any ContrastReport>?
  /// The evaluation of a model on a data set.
  package var evaluation: DocumentWriter<(any EvaluationReport, CSVForm), Output>?
  /// The model's prediction for each row of a data set.
  package var rows: DocumentWriter<ReportSettings, any RowReport>?
  /// Facts about one subject: a model, a text, a machine.
  package var facts: DocumentWriter<any FactsReport, Output>?
  package var table: DocumentWriter<TableHead, any TableReport>?
  /// A copy of the screen.
  package var screen: DocumentWriter<ScreenCapture, Output>?
  /// Written instead of the result for a line of the input that cannot be read; nil if that is
  /// reported on standard error.
  package var badLine: (@Sendable (_ line: Int, _ sentence: String) -> Output)?
  /// Converts the output of the writers, which is then entirely in the report's `closing`; nil if
  /// the output is not converted.
  package var rasterizer: Rasterizer?

  public init(name: String, ending: String? = nil, summary: String, isData: Bool = false) {
    self.name = name
    self.ending = ending ?? name
    self.summary = summary
    self.isData = isData
  }

  /// The bytes of the output.
  /// - Throws: `RasterizerError`.
  package func bytes(of output: Output) throws -> [UInt8] {
    try rasterizer?.png(output.text) ?? Array(output.text.utf8)
  }
}

/// Formats with the same name are equal.
extension OutputFormat: Hashable {
  public static func == (first: OutputFormat, second: OutputFormat) -> Bool {
    first.name == second.name
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// How a format writes one kind of document.
public struct DocumentWriter<Input, Document>: Sendable {
  /// A note after the format's name in `--help`.
  public let note: String?
  private let make: @Sendable (Input) -> Document

  public init(note: String? = nil, _ make: @escaping @Sendable (Input) -> Document) {
    self.note = note
    self.make = make
  }

  public func callAsFunction(_ input: Input) -> Document { make(input) }
}

/// What the writers need besides the results.
public struct ReportSettings: Sendable {
  public let model: Model
  public let csvForm: CSVForm
  /// The colours of text; nil if no escape sequences may be written.
  public let paint: TerminalPaint?
  /// The theme for formats that are always coloured.
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

/// A screen of the explorer, and the theme in which it is shown.
package struct ScreenCapture: Sendable {
  package let frame: Frame
  package let theme: Theme

  package init(frame: Frame, theme: Theme) {
    self.frame = frame
    self.theme = theme
  }
}
