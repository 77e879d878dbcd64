import Foundation
import TestSupport

/// Texts of odd Unicode, drawn as in Fixtures/parity/tokenizers/odd_texts.py.
struct OddTexts {
  private struct Lists: Decodable {
    var parts: [String]
    var ranges: [[UInt32]]
  }

  private let lists: Lists
  private var state: UInt64

  init(seed: UInt64) throws {
    let file = fixture("parity/tokenizers/odd.json")
    lists = try JSONDecoder().decode(Lists.self, from: Data(contentsOf: file))
    state = seed
  }

  mutating func next() -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<below(14) {
      let kind = below(5)
      if kind < 3 {
        text += lists.parts[below(lists.parts.count)].unicodeScalars
      } else if kind == 3 {
        let range = lists.ranges[below(lists.ranges.count)]
        let value = range[0] + UInt32(below(Int(range[1] - range[0] + 1)))
        let count = 1 + below(3)
        if let scalar = Unicode.Scalar(value) { text += repeatElement(scalar, count: count) }
      } else {
        text += repeatElement(" ", count: below(3))
      }
    }
    return String(text)
  }

  /// SplitMix64 (Steele et al. 2014).
  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }
}
