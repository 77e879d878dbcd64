internal import Classifiers
internal import Datasets
internal import Reports

/// The file of `--rows`: what the model says of each row.
final class RowFile {
  private let sink: Sink
  private let report: any RowReport

  /// - Parameters:
  ///   - path: its ending says the format.
  ///   - inputs: what the command reads.
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

  /// All rows are written.
  func finish() throws { try sink.finish() }
}
