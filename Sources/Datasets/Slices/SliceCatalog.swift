/// The slices that are evaluated on every data set. A new one is a line here.
public enum SliceCatalog {
  public static let slices: [Slice] = [
    Slice("at most 5 words", query: "len<=5") { WordSplit.count(of: $0.text) <= 5 },
    Slice("6 to 15 words", query: "len>5 len<=15") {
      (6...15).contains(WordSplit.count(of: $0.text))
    },
    Slice("16 to 40 words", query: "len>15 len<=40") {
      (16...40).contains(WordSplit.count(of: $0.text))
    },
    Slice("more than 40 words", query: "len>40") { WordSplit.count(of: $0.text) > 40 },
    Slice("has a negation") { $0.words.contains(where: isNegation) },
    Slice("has a contrast") { $0.words.contains { contrasts.contains($0) } },
    Slice("has a number", query: "text~[0-9]") { text in
      text.text.utf8.contains { (0x30...0x39).contains($0) }
    },
    Slice("has a word in capitals") { hasCapitals($0.text) },
    Slice("asks something", query: #"text~\?"#) { $0.text.utf8.contains(UInt8(ascii: "?")) },
    Slice("exclaims", query: "text~!") { $0.text.utf8.contains(UInt8(ascii: "!")) },
    Slice("quotes", query: #"text~"[\"“”]""#) { $0.text.contains { "\"“”".contains($0) } },
    Slice("beyond ASCII", query: #"text~"[^\x00-\x7F]""#) {
      !$0.text.utf8.allSatisfy { $0 < 0x80 }
    },
    Slice("has a link", query: "text~http") { $0.text.contains("http") },
    Slice("repeats a letter three times", query: #"text~"([a-z])\1\1""#) {
      repeatsALetter($0.text)
    },
  ]

  private static let negations: Set<Substring> = [
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "cannot",
    "without", "hardly", "barely", "scarcely", "n't", "aint",
  ]

  private static let contrasts: Set<Substring> = [
    "but", "however", "although", "though", "despite", "yet", "while", "whereas", "nevertheless",
    "still",
  ]

  private static func isNegation(_ word: Substring) -> Bool {
    negations.contains(word) || word.hasSuffix("n't") || word.hasSuffix("n’t")
  }

  private static func hasCapitals(_ text: String) -> Bool {
    text.split { !$0.isLetter }.contains { word in
      word.count > 1 && word.allSatisfy(\.isUppercase)
    }
  }

  private static func repeatsALetter(_ text: String) -> Bool {
    var last: UInt8 = 0
    var run = 0
    for byte in text.utf8 {
      let letter = byte | 0x20
      run = letter == last ? run + 1 : 1
      last = letter
      if run == 3, (0x61...0x7A).contains(letter), byte >= 0x41 { return true }
    }
    return false
  }
}
