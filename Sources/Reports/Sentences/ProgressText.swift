/// The progress of some work, as a line.
package enum ProgressText {
  /// `12,345 rows`, `25 %`, `3,210 rows/s`, `41 s left`
  /// - Parameters:
  ///   - rate: rows per second; 0 if it is not known.
  ///   - share: how much of the work is done, from 0 to 1; nil if it is not known.
  package static func parts(rows: Int, rate: Double, share: Double?) -> [String] {
    var parts = [Numerals.count(rows, "row")]
    if let share { parts.append(Numerals.progress(share)) }
    guard rate > 0 else { return parts }
    parts.append(
      rate < 1
        ? "\(Numerals.duration(seconds: 1 / rate)) a row" : "\(Numerals.grouped(Int(rate))) rows/s")
    if let share, share > 0.001, share < 1 {
      let left = Double(rows) / rate * (1 - share) / share
      parts.append(Numerals.duration(seconds: left) + " left")
    }
    return parts
  }

  /// The same as a line.
  package static func rows(_ rows: Int, seconds: Double, share: Double?) -> PlainText {
    let rate = seconds > 0 ? Double(rows) / seconds : 0
    return "\(parts(rows: rows, rate: rate, share: share).joined(separator: "   "))"
  }

  /// `lime: 5,000 passes of 25 ms (1.2 ms a token), about 125 s`
  package static func cost(_ work: String, _ cost: PassCost) -> PlainText {
    "\(work): \(cost.sentenceWithToken)"
  }

  /// `lime: 620 of about 5,000 passes   1.8 s left`
  /// - Parameter seconds: the time so far.
  package static func passes(
    _ method: String, _ done: Int, of expected: Int, seconds: Double
  ) -> PlainText {
    let all = Numerals.grouped(expected)
    guard expected > done else { return "\(method): \(Numerals.grouped(done)) passes" }
    let left = Numerals.duration(seconds: seconds * Double(expected - done) / Double(done))
    return "\(method): \(Numerals.grouped(done)) of about \(all) passes   \(left) left"
  }
}
