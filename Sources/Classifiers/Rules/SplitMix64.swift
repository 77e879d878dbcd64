/// A random sequence that is the same for the same seed on every machine (Steele, Lea, Flood 2014).
package struct SplitMix64: Sendable {
  private var state: UInt64

  /// - Parameter index: how many numbers of the sequence are skipped.
  package init(seed: UInt64, skipping index: Int = 0) {
    state = seed &+ UInt64(truncatingIfNeeded: index) &* Self.step
  }

  package mutating func next() -> UInt64 {
    state &+= Self.step
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15
}
