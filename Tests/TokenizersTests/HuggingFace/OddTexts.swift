import Foundation
import TestSupport

/// Texts of odd Unicode, drawn as in Fixtures/parity/tokenizers/odd_texts.py.
struct OddTexts {
  private struct Lists: Decodable {
    var parts: [String]
    var ranges: [[UInt32]]
  }

  private let lists: Lists
  private var random: SeededRandom

  init(seed: UInt64) throws {
    let file = fixture("parity/tokenizers/odd.json")
    lists = try JSONDecoder().decode(Lists.self, from: Data(contentsOf: file))
    random = SeededRandom(seed: seed)
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

  private mutating func below(_ limit: Int) -> Int {
    Int(random.next() % UInt64(limit))
  }
}
