internal import Glibc

/// The temperature that a model's logits should be divided by: above 1 for an overconfident model,
/// below 1 for an underconfident one. It changes no prediction, only its probability.
///
/// It minimises the mean cross entropy over the labelled rows (Guo et al. 2017, arXiv:1706.04599,
/// section 4.2).
public struct Temperature: Sendable, Equatable {
  public var value: Double
  /// The number of rows that it was fitted on; for multi-label models, of decisions, one per class.
  public var rows: Int
  /// The mean cross entropy in nats with it, and without it.
  public var loss: Double
  public var lossWithout: Double
  /// The calibration of the same rows with it.
  public var calibration: Calibration
}

/// Collects the data for fitting a temperature. If there are too many rows, every second one is
/// kept, then every fourth, and so on.
public struct TemperatureTally: Sendable {
  /// The most numbers that are kept.
  private let limit: Int
  private let width: Int
  private let isByClass: Bool
  private let bins: Int
  /// `[N, width]`: logits up to a constant per row.
  private var logits: [Float] = []
  private var golds: [Int32] = []
  private var step = 1
  private var seen = 0

  /// - Parameters:
  ///   - isByClass: for multi-label models: each class is a decision of its own.
  ///   - limit: the most numbers that are kept, one per class and row.
  public init(
    classes: Int, isByClass: Bool, bins: Int = Calibration.binCount, limit: Int = 1_000_000
  ) {
    self.limit = limit
    self.isByClass = isByClass
    self.bins = bins
    width = isByClass ? 2 : max(1, classes)
  }

  /// - Parameter probabilities: `[C]`.
  public mutating func add(_ probabilities: [Float], gold: Gold) {
    switch gold {
    case .unknown: return
    case .one(let index) where !isByClass:
      guard probabilities.count == width, probabilities.indices.contains(index) else { return }
      add(row: probabilities, gold: index)
    default:
      guard isByClass else { return }
      let right = Set(gold.classes)
      for (index, probability) in probabilities.enumerated() {
        add(row: [probability, 1 - probability], gold: right.contains(index) ? 0 : 1)
      }
    }
  }

  private mutating func add(row: [Float], gold: Int) {
    guard row.allSatisfy(\.isFinite) else { return }
    seen += 1
    guard seen.isMultiple(of: step) else { return }
    if logits.count + width > limit { thinOut() }
    guard seen.isMultiple(of: step) else { return }
    for probability in row { logits.append(log(max(probability, .leastNonzeroMagnitude))) }
    golds.append(Int32(clamping: gold))
  }

  /// Drops every second row; the rest are those that twice the step would have kept.
  private mutating func thinOut() {
    step *= 2
    var kept: [Float] = []
    var keptGolds: [Int32] = []
    for row in stride(from: 1, to: golds.count, by: 2) {
      kept += logits[row * width..<(row + 1) * width]
      keptGolds.append(golds[row])
    }
    (logits, golds) = (kept, keptGolds)
  }

  /// nil if the loss has no minimum between 0.01 and 100: without rows, if all rows are right (then
  /// any lower temperature is better), or if the model is most certain when it is wrong.
  /// - Throws: `CancellationError`.
  public func fit() throws -> Temperature? {
    guard !golds.isEmpty, width > 1 else { return nil }
    // The loss is convex in 1 / T: its slope has a single zero.
    var (low, high) = (0.01, 100.0)
    guard try slope(at: low).first < 0, try slope(at: high).first > 0 else { return nil }
    var inverse = 1.0
    for _ in 0..<100 {
      try Task.checkCancellation()
      let (first, second) = try slope(at: inverse)
      if first < 0 { low = inverse } else { high = inverse }
      // Newton's step if it stays between the bounds, otherwise bisection.
      var next = inverse - first / second
      if !(low < next && next < high) { next = (low * high).squareRoot() }
      let isDone = abs(next - inverse) <= 1e-9 * inverse
      inverse = next
      if isDone { break }
    }
    return Temperature(
      value: 1 / inverse, rows: golds.count, loss: loss(at: inverse), lossWithout: loss(at: 1),
      calibration: calibration(at: inverse))
  }

  /// The first and second derivatives of the mean loss with respect to 1 / T: the mean of
  /// `E[z] - z[gold]` and of `Var[z]` under `softmax(z / T)`.
  private func slope(at inverse: Double) throws -> (first: Double, second: Double) {
    var (first, second) = (0.0, 0.0)
    for row in golds.indices {
      if row.isMultiple(of: 65_536) { try Task.checkCancellation() }
      let start = row * width
      let largest = largest(start)
      var (sum, mean, square) = (0.0, 0.0, 0.0)
      for place in start..<start + width {
        let z = Double(logits[place]) - largest
        let power = exp(z * inverse)
        sum += power
        mean += power * z
        square += power * z * z
      }
      mean /= sum
      first += mean - (Double(logits[start + Int(golds[row])]) - largest)
      second += square / sum - mean * mean
    }
    return (first / Double(golds.count), second / Double(golds.count))
  }

  private func largest(_ start: Int) -> Double {
    var largest = logits[start]
    for place in start + 1..<start + width { largest = max(largest, logits[place]) }
    return Double(largest)
  }

  private func loss(at inverse: Double) -> Double {
    golds.indices.reduce(0) { total, row in
      let start = row * width
      let largest = largest(start)
      let sum = (start..<start + width).reduce(0) {
        $0 + exp((Double(logits[$1]) - largest) * inverse)
      }
      return total + log(sum) - (Double(logits[start + Int(golds[row])]) - largest) * inverse
    } / Double(golds.count)
  }

  private func calibration(at inverse: Double) -> Calibration {
    var calibration = Calibration(bins: bins)
    for row in golds.indices {
      let start = row * width
      let largest = largest(start)
      let powers = (start..<start + width).map { exp((Double(logits[$0]) - largest) * inverse) }
      let sum = powers.reduce(0, +)
      let gold = Int(golds[row])
      if isByClass {
        calibration.add(confidence: Float(powers[0] / sum), occurs: gold == 0)
      } else {
        let best = powers.indices.max { powers[$0] < powers[$1] } ?? 0
        calibration.add(confidence: Float(powers[best] / sum), occurs: gold == best)
      }
    }
    return calibration
  }
}
