import TestSupport
import Testing
import Tokenizers

/// Any text has an encoding, soon, and its laws hold.
@Suite struct HostileTextTests {
  private let words: FastaiWords

  init() throws {
    words = try FastaiWords(vocabulary: FastaiWords.specialTokens)
  }

  @Test(arguments: [
    "", " ", "\0", "\0\0\0\0", "\u{301}", "\u{301}\u{301}\u{301}", "\r\n", "\u{85}\u{2028}", "&",
    "&#",
    "&#x", "&#;", "&#99999999999999999999999;", "&#xFFFFFFFFFFFFFFFFFFFF;", "::", "()", "@", "@.",
    ".@.a",
    "http://", "://a.b", "\u{10FFFF}\u{FFFE}", "👩‍👩‍👧", "🇦", "\\\\\\", "'", "''''", "Σ", "ΣΣΣ Σ",
    "xxbos xxbos xxbos",
    "xxrep 3 x", "\u{FEFF}", "a\u{200B}b", "US$", "5US$", "°C.", "...", " ... ",
  ])
  func `a short odd text keeps the laws`(text: String) {
    let encoding = words.encode(text)
    #expect(encoding.text.unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(encoding.pieces.first?.text == "xxbos")
    #expect(brokenLaws(of: encoding) == [])
  }

  @Test func `random scalars keep the laws under every order of the rules`() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<300 {
      let rules = TextRule.allCases.shuffled(using: &random).prefix(
        Int.random(in: 0...8, using: &random))
      let splitters: [FastaiWords.Splitter] =
        [.english, .singleSpaces]
        + (try (Splitting.names.dropLast() + ["xxbos regex:\\w+|.", "xxbos smiles xxeos"]).map {
          .own(try Splitting($0))
        })
      let words = try FastaiWords(
        vocabulary: FastaiWords.specialTokens, rules: Array(rules),
        splitter: splitters.randomElement(using: &random) ?? .english)
      for _ in 0..<10 {
        #expect(brokenLaws(of: words.encode(randomText(&random))) == [])
      }
    }
  }

  /// Each would take minutes if something were quadratic.
  @Test(arguments: [
    " ", "a", "ab", "no ", "no no x ", "(:", ")!", ".,", "a@", "ab.", "&", "&amp", "Σ'", "中文", "\n",
    ":( ",
    "\0", "X ", "a-b", "don't", ". ", ";)", "\u{301}a", "1.", "a@b.",
  ])
  func `a long text of anything is encoded`(unit: String) {
    let text = String(repeating: unit, count: 250_000 / unit.utf8.count)
    let pieces = words.encode(text).pieces
    #expect(pieces.first?.isFrame == true)
    #expect(pieces.allSatisfy { $0.utf8Range.upperBound <= text.utf8.count })
    #expect(
      zip(pieces, pieces.dropFirst()).allSatisfy {
        $0.utf8Range.lowerBound <= $1.utf8Range.lowerBound
      })
  }

  private func randomText(_ random: inout SeededRandom) -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0...0x7F, 0x20...0x7E, 0x20...0x2F, 0x80...0x24F, 0x300...0x3FF, 0x2000...0x206F,
      0x4E00...0x4E0F,
      0x1F300...0x1F64F, 0...0x10FFFF,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
      guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) else { continue }
      let count = Int.random(in: 1...6, using: &random) == 1 ? 4 : 1
      for _ in 0..<count { text.append(scalar) }
    }
    return String(text)
  }
}
