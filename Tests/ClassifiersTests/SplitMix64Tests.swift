import Classifiers
import Testing

@Suite struct `the random sequence` {
  /// The first numbers of the authors' `splitmix64.c` for this seed.
  @Test func `is that of its source`() {
    var bits = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
    ]
    let drawn = expected.map { _ in bits.next() }
    #expect(drawn == expected)
  }

  @Test func `can be entered anywhere`() {
    var whole = SplitMix64(seed: .max)
    for index in 0..<5 {
      var entered = SplitMix64(seed: .max, skipping: index)
      let (number, expected) = (entered.next(), whole.next())
      #expect(number == expected)
    }
  }
}
