import Attribution
import Testing

extension MeasureResult {
  /// The largest difference from a peer's numbers, which are the `value` and details by name.
  func largestDifference(from expected: [String: Double]) throws -> Double {
    var largest = 0.0
    for (key, theirs) in expected {
      let ours: Double
      if key == "value" {
        ours = try #require(value)
      } else if case .number(let number)? = details[key] {
        ours = Double(number)
      } else {
        Issue.record("no \(key)")
        continue
      }
      largest = max(largest, abs(ours - theirs))
    }
    return largest
  }
}
