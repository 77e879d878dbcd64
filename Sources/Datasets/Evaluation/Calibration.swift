internal import Glibc

/// Whether predictions with a probability of 0.8 are right in 80 of 100 cases.
///
/// Confidences are divided into fifteen bins of equal width, each excluding its lower and including
/// its upper bound (Guo et al. 2017, arXiv:1706.04599, section 2). For single-label models, the
/// confidence is the probability of the prediction, and the event is that it is right. For
/// multi-label models, every class of every text counts: its probability, and whether it applies.
public struct Calibration: Sendable, Equatable {
  public struct Bin: Sendable, Equatable {
    public var lower: Double
    public var upper: Double
    public var count: Int
    /// The mean confidence, and the fraction of events; nil for an empty bin.
    public var confidence: Double?
    public var accuracy: Double?
  }

  public static let binCount = 15

  private var counts: [Int]
  private var confidences: [Double]
  private var occurred: [Int]

  public init(bins: Int = Calibration.binCount) {
    counts = Array(repeating: 0, count: max(1, bins))
    confidences = Array(repeating: 0, count: max(1, bins))
    occurred = counts
  }

  public mutating func add(confidence: Float, occurs: Bool) {
    // A NaN confidence belongs to no bin.
    guard confidence.isFinite else { return }
    let confidence = Double(confidence)
    let index = Int((confidence * Double(counts.count)).rounded(.up)) - 1
    let bin = min(max(index, 0), counts.count - 1)
    counts[bin] += 1
    confidences[bin] += confidence
    if occurs { occurred[bin] += 1 }
  }

  /// The number of cases. The mean probability and the fraction of events are nil without any.
  public var count: Int { counts.reduce(0, +) }
  public var meanConfidence: Double? {
    count == 0 ? nil : confidences.reduce(0, +) / Double(count)
  }
  public var frequency: Double? {
    count == 0 ? nil : Double(occurred.reduce(0, +)) / Double(count)
  }

  public var bins: [Bin] {
    counts.indices.map { index in
      let count = counts[index]
      return Bin(
        lower: Double(index) / Double(counts.count),
        upper: Double(index + 1) / Double(counts.count), count: count,
        confidence: count == 0 ? nil : confidences[index] / Double(count),
        accuracy: count == 0 ? nil : Double(occurred[index]) / Double(count))
    }
  }

  /// Expected calibration error: the mean distance between confidence and accuracy over all cases;
  /// NaN without any.
  public var expectedError: Double {
    let total = counts.reduce(0, +)
    guard total > 0 else { return .nan }
    return counts.indices.reduce(0) { sum, index in
      sum + abs(Double(occurred[index]) - confidences[index])
    } / Double(total)
  }
}
