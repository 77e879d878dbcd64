internal import Classifiers
internal import Datasets
internal import Reports

/// The file of `--rows`: the model's prediction for each row.
final class RowFile {
  private let sink: Sink
  private let report: any RowReport

  /// - Parameters:
  ///   - path: its extension determines the format.
  ///   - inputs: the files that the command reads.
  init(path: String, settings: ReportSettings, inputs: InputFiles) throws {
    let format = OutputCatalog.standard.rowFormat(ofFile: path)
    guard let report = format.rows?(settings) else {
      throw Failure.usage("rows can't be written as \(format.name)")
    }
    self.report = report
    sink = try Sink(path: path, inputs: inputs)
    try sink.write(report.opening)
  }

  func write(_ example: Example, _ judgement: Judgement) throws {
    try sink.write(report.output(of: example, judgement))
  }

  /// Called after the last row.
  func finish() throws { try sink.finish() }
}
