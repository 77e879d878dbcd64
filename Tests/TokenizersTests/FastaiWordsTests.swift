import Testing
import Tokenizers

@Suite struct FastaiWordsTests {
  private static let vocabulary =
    FastaiWords.specialTokens + ["not", "bad", "\u{E9}", "xxfake", "n't", "do", "xxfake"]
  private let words: FastaiWords

  init() throws {
    words = try FastaiWords(vocabulary: Self.vocabulary)
  }

  /// Outputs of fastai 2.8.12; a token for each word, `|` between.
  @Test(arguments: [
    ("Hello World", "xxbos|xxmaj|hello|xxmaj|world"),
    (
      "I'm SO happy!!! Goooood",
      "xxbos|xxmaj|i|'m|xxup|so|happy|xxrep|3|!|g|xxrep|5|o|d"
    ),
    ("No no no no no way", "xxbos|xxmaj|no|xxwrep|4|no|way"),
    ("ha ha ha", "xxbos|xxwrep|3|ha"),
    ("1,000.5", "xxbos|1|,|xxrep|3|0|.5"),
    ("THIS IS GREAT, A+", "xxbos|xxup|this|xxup|is|xxup|great|,|xxup|a+"),
    ("ÉTAT", "xxbos|état"),
    ("#tag", "xxbos|#|tag"),
    ("U.S.A.", "xxbos|xxup|u.s.a|."),
    ("don't can't cannot gonna", "xxbos|do|n't|ca|n't|can|not|gon|na"),
    ("10km well-known ok...", "xxbos|10|km|well|-|known|ok|…"),
    ("e.g., :) foo_bar me@x.com 3.5", "xxbos|e.g.|,|:)|foo_bar|me@x.com|3.5"),
    ("“quoted” a/b", "xxbos|“|quoted|”|a|/|b"),
    ("a\n b", "xxbos|a|\n |b"),
    ("ΟΔΟΣ Σ", "xxbos|οδος|σ"),
    ("İ", "xxbos|i\u{307}"),
    ("", "xxbos"),
    (" \n\t ", "xxbos"),
  ])
  func `a text has fastai's tokens`(text: String, tokens: String) {
    let found = words.encode(text).pieces.map(\.text)
    #expect(areSame(found, tokens.split(separator: "|").map { String($0) }))
  }

  @Test func `a mark of capitals covers its word`() {
    #expect(
      places(of: "Not bad, DON'T!") == [
        "xxbos 0..<0 frame", "xxmaj 0..<3 special 0", "not 0..<3 0", "bad 4..<7 1", ", 7..<8 2",
        "xxup 9..<14 special 3", "do 9..<11 3", "n't 11..<14 3", "! 14..<15 4",
      ])
  }

  @Test func `a repetition's mark, count and text cover all of it`() {
    #expect(
      places(of: "Goood!!!!") == [
        "xxbos 0..<0 frame", "g 0..<1 0", "xxrep 1..<4 special 0", "3 1..<4 special 0",
        "o 1..<4 0", "d 4..<5 0", "xxrep 5..<9 special 1", "4 5..<9 special 1", "! 5..<9 1",
      ])
    #expect(
      places(of: "so no no  no way") == [
        "xxbos 0..<0 frame", "so 0..<2 0", "xxwrep 3..<12 special 1", "3 3..<12 special 1",
        "no 3..<12 1", "way 13..<16 2",
      ])
  }

  @Test func `what HTML stands for covers the whole reference`() {
    #expect(
      places(of: "é &eacute; &notit;") == [
        "xxbos 0..<0 frame", "é 0..<2 0", "é 3..<11 1", "¬it 12..<18 2", "; 18..<19 3",
      ])
  }

  @Test func `a mark that was typed is a word`() {
    #expect(places(of: "xxmaj xxbos") == ["xxbos 0..<0 frame", "xxmaj 0..<5 0", "xxbos 6..<11 1"])
  }

  @Test func `unknown words keep their text, and NFD is not NFC`() {
    let pieces = words.encode("bad zebra e\u{301} \u{E9} xxfake").pieces
    #expect(pieces.map(\.id) == [2, 10, 0, 0, 11, 0])
    #expect(areSame(pieces.map(\.text), ["xxbos", "bad", "zebra", "e\u{301}", "\u{E9}", "xxfake"]))
  }

  @Test func `a word that stands twice in the vocabulary has its last id`() throws {
    let twice = try FastaiWords(vocabulary: ["not", "xxunk", "not"])
    #expect(twice.encode("not").ids == [0, 2])
    #expect(twice.roles == TokenRoles(unknown: 0, padding: nil, mask: nil))
  }

  @Test func `a backwards model reads the pieces from the end`() throws {
    let backwards = try FastaiWords(vocabulary: Self.vocabulary, backwards: true)
    #expect(backwards.encode("Not bad").pieces == words.encode("Not bad").pieces.reversed())
    #expect(backwards.encode(words: ["not", "bad"]).ids == [10, 9])
  }

  @Test func `given words are looked up as they stand`() {
    let encoding = words.encode(words: ["xxbos", "xxmaj", "not", "Bad", ""])
    #expect(encoding.text == "xxbos xxmaj not Bad ")
    #expect(
      encoding.pieces == [
        Piece(text: "xxbos", id: 2, utf8Range: 0..<5, isSpecial: true, isFrame: true),
        Piece(text: "xxmaj", id: 8, utf8Range: 6..<11, isSpecial: true, word: 0),
        Piece(text: "not", id: 9, utf8Range: 12..<15, word: 0),
        Piece(text: "Bad", id: 0, utf8Range: 16..<19, word: 1),
        Piece(text: "", id: 0, utf8Range: 20..<20, word: 2),
      ])
    #expect(words.encode(words: []) == Encoding(text: "", pieces: []))
  }

  @Test func `special cases stay whole`() throws {
    let kept = try FastaiWords(vocabulary: Self.vocabulary, specialCases: ["(so)-so!", "xxurl"])
    #expect(kept.encode("a (so)-so! b").pieces.map(\.text) == ["xxbos", "a", "(so)-so!", "b"])
    #expect(kept.encode("xxurl,").pieces.map(\.text) == ["xxbos", "xxurl", ","])
    #expect(words.encode("(so)-so!").pieces.count > 2)
  }

  @Test func `without rules there is no frame and nothing is rewritten`() throws {
    let bare = try FastaiWords(vocabulary: Self.vocabulary, rules: [])
    #expect(bare.encode("Not  BAD!!!").pieces.map(\.text) == ["Not", " ", "BAD", "!", "!", "!"])
    let spaces = try FastaiWords(vocabulary: Self.vocabulary, rules: [], splitter: .singleSpaces)
    #expect(spaces.encode("Not  bad!").pieces.map(\.utf8Range) == [0..<3, 4..<4, 5..<9])
    #expect(spaces.encode("").pieces.map(\.text) == [""])
  }

  @Test func `a vocabulary without words is refused`() {
    #expect(throws: VocabularyError.empty) { try FastaiWords(vocabulary: []) }
  }

  @Test func `a word that is not in the vocabulary is its first token, as in fastai`() throws {
    let words = try FastaiWords(vocabulary: ["the", "xxunk", "not"], rules: [])
    #expect(words.encode("not unheard").ids == [2, 0] && words.roles.unknown == 0)
  }

  @Test func `fillers are words only where fastai numbers them`() throws {
    let vocabulary = ["xxunk", "a", "xxfake", "xxfake"]
    #expect(try FastaiWords(vocabulary: vocabulary, rules: []).encode("a xxfake").ids == [1, 0])
    let numbered = try FastaiWords(vocabulary: vocabulary, rules: [], hasFiller: true)
    #expect(numbered.encode("a xxfake").ids == [1, 3])
  }

  private func places(of text: String) -> [String] {
    words.encode(text).pieces.map { piece in
      var parts = [piece.text, "\(piece.utf8Range)"]
      if piece.isFrame { parts.append("frame") } else if piece.isSpecial { parts.append("special") }
      if let word = piece.word { parts.append("\(word)") }
      return parts.joined(separator: " ")
    }
  }
}
