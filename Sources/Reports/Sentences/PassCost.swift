/// The estimated cost of a computation, shown before it begins: model passes, each of which takes
/// as long as the prediction for the text. Batches take less time, gradients take more.
package struct PassCost: Sendable, Equatable {
  package var passes: Int
  package var secondsPerPass: Double
  /// The number of tokens of the text.
  package var tokens: Int
  /// The number of texts.
  package var texts: Int

  package init(passes: Int, secondsPerPass: Double, tokens: Int, texts: Int = 1) {
    self.passes = passes
    self.secondsPerPass = secondsPerPass
    self.tokens = tokens
    self.texts = texts
  }

  /// The time for all texts.
  package var seconds: Double { Double(passes) * secondsPerPass * Double(texts) }

  /// Costs of more seconds are shown before the computation.
  package static let longSeconds = 2.0
  package var isLong: Bool { seconds > Self.longSeconds }

  /// `5,001 passes of 10 ms, about 50 s`
  package var sentence: String { "\(pass), \(total)" }

  /// The same with the cost of a token: `65 passes of 1.3 s (20 ms a token), about 85 s`.
  package var sentenceWithToken: String {
    let seconds = secondsPerPass / Double(max(1, tokens))
    let token = seconds < 0.001 ? "" : " (\(Numerals.duration(seconds: seconds)) a token)"
    return "\(pass)\(token), \(total)"
  }

  private var pass: String {
    "\(Numerals.count(passes, "pass", "passes")) of \(Numerals.duration(seconds: secondsPerPass))"
  }

  private var total: String {
    let all = "about \(Numerals.duration(seconds: seconds))"
    return texts == 1 ? all : all + " for \(Numerals.grouped(texts)) texts"
  }
}
