internal import Classifiers

/// Random numbers that are the same on every machine.
public struct SeededRandom: RandomNumberGenerator {
  private var bits: SplitMix64

  public init(seed: UInt64) { bits = SplitMix64(seed: seed) }

  public mutating func next() -> UInt64 { bits.next() }
}
