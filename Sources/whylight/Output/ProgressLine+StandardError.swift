internal import Classifiers
internal import Glibc
internal import Reports
internal import Tokenizers

extension ProgressLine {
  /// - Parameter reported: the costs that the run has reported.
  static func standardError(reported: ReportedCosts = ReportedCosts()) -> ProgressLine {
    let start = ContinuousClock.now
    return ProgressLine(isTerminal: isatty(2) == 1, reported: reported) {
      ContinuousClock.now - start
    } say: { line in
      StandardError.write(line: "whylight: \(line)")
    } replace: { line in
      StandardError.show(progress: line)
    }
  }

  /// Shows the expected cost of `passes` passes over a text before they run.
  /// - Parameter texts: the number of texts of about this length.
  func begin(
    _ work: String, passes: Int, over encoding: Encoding, by model: Model, _ pass: inout PassTime,
    texts: Int = 1
  ) throws {
    let start = ContinuousClock.now
    let cost = try pass.cost(passes: passes, texts: texts) {
      ContinuousClock.now - start
    } again: {
      _ = try model.predict(encoding)
    }
    begin(work, cost)
  }
}
