import Foundation
import TestSupport

/// The two thousand real and ten thousand odd texts, and the hashes that peers made of what they
/// make of them: see Fixtures/parity/tokenizers.
enum TextHashes {
  static let blockSize = 50
  static let texts: [String] = (try? allTexts()) ?? []

  /// Hashes by name, 16 digits for each block of texts.
  static func read(_ file: String) throws -> [String: String] {
    let url = fixture("parity/tokenizers/" + file)
    return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: url))
  }

  /// Numbers of the blocks whose texts come out otherwise than the peer had them.
  ///
  /// - Parameter pieces: ids and places of a text.
  static func differences(
    from expected: String, _ pieces: (String) -> [(id: Int, range: Range<Int>)]
  ) -> [Int] {
    var different: [Int] = []
    // Unoptimized code is twenty times slower: a tenth of the texts is enough for it.
    #if DEBUG
      let step = 10
    #else
      let step = 1
    #endif
    for block in stride(from: 0, to: texts.count / blockSize, by: step) {
      let start = block * blockSize
      var hash = FNV()
      for text in texts[start..<start + blockSize] {
        for (id, range) in pieces(text) {
          hash.add(id)
          hash.add(range.lowerBound)
          hash.add(range.upperBound)
        }
        hash.add(0xFFFF_FFFF)
      }
      let digits = expected.dropFirst(16 * block).prefix(16)
      if hash.state != UInt64(digits, radix: 16) { different.append(block) }
    }
    return different
  }

  private struct Snippet: Decodable {
    var text: String
  }

  private static func allTexts() throws -> [String] {
    let real = try jsonLines(Snippet.self, at: fixture("parity/fastai-words/snippets.jsonl"))
    var odd = try OddTexts(seed: 1)
    return real.map(\.text) + (0..<10_000).map { _ in odd.next() }
  }
}

/// FNV-1a over whole numbers, as in generate.py.
struct FNV {
  private(set) var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ value: Int) {
    state = (state ^ UInt64(value)) &* 0x100_0000_01B3
  }
}
