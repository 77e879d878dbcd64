internal import Classifiers
internal import Glibc
internal import Reports
internal import Tokenizers

extension ProgressLine {
  /// - Parameter said: what the run has said of other texts.
  static func standardError(said: SaidCosts = SaidCosts()) -> ProgressLine {
    let start = ContinuousClock.now
    return ProgressLine(isTerminal: isatty(2) == 1, said: said) {
      ContinuousClock.now - start
    } say: { line in
      StandardError.write(line: "whylight: \(line)")
    } replace: { line in
      StandardError.show(progress: line)
    }
  }

  /// What so many passes over a text cost, before they are made.
  /// - Parameter texts: over how many they are made.
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
