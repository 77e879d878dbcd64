import Glibc

/// The angle by which each pair of numbers is rotated per position, with the changes for models
/// that were extended to longer texts.
public struct RotaryFrequencies: Sendable {
  /// `[r / 2]`.
  private let near: [Float]
  private let stretch: Stretch
  /// The factor of cosines and sines.
  public let factor: Float

  /// How the frequencies depend on the length of a text.
  private enum Stretch: Sendable {
    case none
    /// Texts of more tokens than `limit` have other frequencies.
    case beyond(limit: Int, [Float])
    /// The base grows with the number of tokens beyond `limit`.
    case dynamic(limit: Int, base: Double, factor: Double)
  }

  public var count: Int { near.count }

  private init(near: [Float], stretch: Stretch = .none, factor: Float = 1) {
    self.near = near
    self.stretch = stretch
    self.factor = factor
  }

  /// `base^(-2i / r)` for `r` rotated numbers.
  public init(base: Double, turning: Int) {
    self.init(near: Self.powers(of: base, turning: turning))
  }

  /// In single precision, as PyTorch computes them.
  private static func powers(of base: Double, turning: Int) -> [Float] {
    stride(from: 0, to: turning, by: 2).map {
      1 / pow(Float(base), Float($0) / Float(turning))
    }
  }

  /// All frequencies divided by one number.
  ///
  /// Source: Chen et al. 2023, arXiv:2306.15595.
  public func linear(by factor: Double) -> RotaryFrequencies {
    RotaryFrequencies(near: near.map { $0 / Float(factor) })
  }

  /// The base grows with the number of tokens of a text beyond `limit`.
  public static func dynamic(
    base: Double, turning: Int, limit: Int, factor: Double
  ) -> RotaryFrequencies {
    RotaryFrequencies(
      near: powers(of: base, turning: turning),
      stretch: .dynamic(limit: limit, base: base, factor: factor))
  }

  /// A divisor for each frequency, and other divisors for texts of more than `limit` tokens.
  ///
  /// Source: Ding et al. 2024, arXiv:2402.13753.
  /// - Parameters:
  ///   - near: one divisor per frequency, like `far`.
  ///   - factor: the factor of cosines and sines.
  public func divided(
    near divisors: [Double], far: [Double], limit: Int, factor: Double
  ) -> RotaryFrequencies {
    precondition(divisors.count == near.count && far.count == near.count, "one a frequency")
    func divided(_ divisors: [Double]) -> [Float] {
      zip(near, divisors).map { 1 / (Float($1) * (1 / $0)) }
    }
    return RotaryFrequencies(
      near: divided(divisors), stretch: .beyond(limit: limit, divided(far)), factor: Float(factor))
  }

  /// Divides low frequencies by `factor`, keeps high ones, and interpolates between them:
  /// wavelengths of more than `limit / low` tokens are low frequencies, those of less than `limit /
  /// high` tokens are high ones.
  ///
  /// Source: the configuration of Meta's Llama 3.1 (`rope_type: llama3`).
  public func stretched(
    by factor: Double, low: Double, high: Double, limit: Int
  ) -> RotaryFrequencies {
    RotaryFrequencies(
      near: near.map { frequency in
        let wave = 2 * Double.pi / Double(frequency)
        if wave > Double(limit) / low { return frequency / Float(factor) }
        if wave < Double(limit) / high { return frequency }
        let share = Float((Double(limit) / wave - low) / (high - low))
        return (1 - share) * frequency / Float(factor) + share * frequency
      })
  }

  /// As `stretched`, but interpolates by the index of the frequency: from the one with `fast`
  /// rotations within `limit` tokens to the one with `slow` rotations.
  ///
  /// Source: Peng et al. 2023, arXiv:2309.00071, section 3.2 (YaRN).
  /// - Parameters:
  ///   - attention: the factor of cosines and sines.
  ///   - truncates: whether the two indices are rounded to whole numbers.
  public static func yarn(
    base: Double, turning: Int, factor: Double, limit: Int, fast: Double, slow: Double,
    truncates: Bool, attention: Double
  ) -> RotaryFrequencies {
    let near = powers(of: base, turning: turning)
    func index(of turns: Double) -> Double {
      Double(turning) * log(Double(limit) / (turns * 2 * .pi)) / (2 * log(base))
    }
    var (first, last) = (index(of: fast), index(of: slow))
    if truncates { (first, last) = (first.rounded(.down), last.rounded(.up)) }
    first = max(first, 0)
    last = min(last, Double(turning - 1))
    let reach = first == last ? 0.001 : last - first
    return RotaryFrequencies(
      near: near.enumerated().map { index, frequency in
        let ramp = Float(min(max((Double(index) - first) / reach, 0), 1))
        return frequency / Float(factor) * ramp + frequency * (1 - ramp)
      }, factor: Float(attention))
  }

  /// Texts with the same key have the same frequencies.
  func key(tokens: Int) -> Int {
    switch stretch {
    case .none: 0
    case .beyond(let limit, _): tokens > limit ? 1 : 0
    case .dynamic(let limit, _, _): max(0, tokens - limit)
    }
  }

  func values(key: Int) -> [Float] {
    switch stretch {
    case .beyond(_, let far) where key > 0: return far
    case .dynamic(let limit, let base, let factor) where key > 0:
      let turning = 2 * near.count
      let growth = factor * Double(limit + key) / Double(limit) - (factor - 1)
      let power = Double(turning) / Double(turning - 2)
      return Self.powers(of: base * pow(growth, power), turning: turning)
    default: return near
    }
  }
}
