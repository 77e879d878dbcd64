internal import Classifiers
internal import Glibc

/// Random numbers that are the same for the same seed on every machine and with any number of
/// threads, by `SplitMix64`.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var bits: SplitMix64

  public init(seed: UInt64) { bits = SplitMix64(seed: seed) }

  public mutating func next() -> UInt64 { bits.next() }

  /// Uniformly distributed in `(0, 1]`.
  public mutating func uniform() -> Double {
    (Double(next() >> 11) + 1) * 0x1p-53
  }

  /// Normally distributed with mean 0 and variance 1 (Box, Muller 1958).
  public mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}
