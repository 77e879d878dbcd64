import Datasets
import Testing

struct ContentHashTests {
  @Test func `a hash is the first half of SHA-256, however the bytes arrive`() {
    // FIPS 180-2, appendix B.1: the digest of "abc".
    let expected: [UInt8] = [
      0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22,
      0x23,
    ]
    var whole = ContentHasher()
    whole.add(Array("abc".utf8))
    #expect(whole.hash.bytes == expected)
    #expect(whole.hash.bytes == expected, "asking for the hash does not end the sum")
    var parts = ContentHasher()
    for letter in ["a", "b", "c"] { parts.add(Array(letter.utf8)) }
    #expect(parts.hash == whole.hash)
  }

  @Test func `parts keep their borders`() {
    func hash(_ parts: String...) -> ContentHash {
      var hasher = ContentHasher()
      for part in parts { hasher.add(part) }
      return hasher.hash
    }
    #expect(hash("ab", "c") != hash("a", "bc"))
    #expect(hash("abc") != hash("abc", ""))
  }
}
