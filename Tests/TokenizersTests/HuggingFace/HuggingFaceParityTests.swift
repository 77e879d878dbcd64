import Documents
import Foundation
import TestSupport
import Testing
import Tokenizers

/// What Hugging Face's library itself made of texts: see Fixtures/parity/tokenizers/generate.py.
@Suite struct HuggingFaceParityTests {
  private static let folder = "parity/tokenizers/"
  private static let blockSize = 50
  private static let kinds: [String] = ((try? hashes()) ?? [:]).keys.sorted()
  private static let texts: [String] = (try? allTexts()) ?? []

  @Test func `each kind has a file, and a hash for each block of texts`() throws {
    #expect(Self.texts.count == 12_000)
    #expect(Self.kinds.count >= 44)
    for (kind, hash) in try Self.hashes() {
      #expect(hash.utf8.count == 16 * Self.texts.count / Self.blockSize, "\(kind)")
    }
  }

  @Test(arguments: kinds)
  func `ids and places are the library's on real and on odd texts`(kind: String) throws {
    let tokenizer = try openTokenizer(kind)
    let expected = try #require(try Self.hashes()[kind])
    var different: [Int] = []
    var broken: [String] = []
    // Unoptimized code is twenty times slower: a tenth of the texts is enough for it.
    #if DEBUG
      let step = 10
    #else
      let step = 1
    #endif
    for block in stride(from: 0, to: Self.texts.count / Self.blockSize, by: step) {
      let start = block * Self.blockSize
      var hash = FNV()
      for text in Self.texts[start..<start + Self.blockSize] {
        let encoding = tokenizer.encode(text)
        broken += brokenLaws(of: encoding)
        for piece in encoding.pieces where !piece.isFrame {
          hash.add(piece.id)
          hash.add(piece.utf8Range.lowerBound)
          hash.add(piece.utf8Range.upperBound)
        }
        hash.add(0xFFFF_FFFF)
      }
      let digits = expected.dropFirst(16 * block).prefix(16)
      if hash.state != UInt64(digits, radix: 16) { different.append(block) }
    }
    #expect(different == [], "blocks of fifty texts")
    #expect(broken == [])
  }

  private static func hashes() throws -> [String: String] {
    let file = fixture(folder + "hashes.json")
    return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
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

/// A fixture's tokenizer.
func openTokenizer(
  _ kind: String, settings: TokenizerSettings = TokenizerSettings(), tokenLimit: Int? = nil
) throws -> HuggingFaceTokenizer {
  try HuggingFaceTokenizer(
    json: tokenizerJSON(kind), settings: settings, tokenLimit: tokenLimit)
}

func tokenizerJSON(_ kind: String) throws -> JSON {
  let file = fixture("parity/tokenizers/\(kind).json")
  return try JSON([UInt8](Data(contentsOf: file)))
}

/// FNV-1a over whole numbers, as in generate.py.
struct FNV {
  private(set) var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ value: Int) {
    state = (state ^ UInt64(value)) &* 0x100_0000_01B3
  }
}
