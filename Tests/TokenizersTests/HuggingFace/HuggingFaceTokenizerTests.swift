import Documents
import Testing
import Tokenizers

@Suite struct HuggingFaceTokenizerTests {
  @Test func `a text has its frame around it, which covers nothing`() throws {
    let pieces = try openTokenizer("wordpiece").encode("The Movie").pieces
    #expect(pieces.map(\.text) == ["[CLS]", "the", "movie", "[SEP]"])
    #expect(pieces.map(\.utf8Range) == [0..<0, 0..<3, 4..<9, 9..<9])
    #expect(pieces.map(\.isFrame) == [true, false, false, true])
    #expect(pieces.map(\.word) == [nil, 0, 1, nil])
  }

  @Test func `the empty text is its frame`() throws {
    let pieces = try openTokenizer("wordpiece").encode("").pieces
    #expect(pieces.map(\.text) == ["[CLS]", "[SEP]"])
    #expect(try openTokenizer("llama").encode("").pieces.map(\.text) == ["<s>", "</s>"])
  }

  @Test func `pieces of a word have its number`() throws {
    let pieces = try openTokenizer("wordpiece").encode("unbelievably good").pieces.dropFirst()
    #expect(pieces.count > 3)
    #expect(pieces.dropLast(2).allSatisfy { $0.word == 0 })
    #expect(pieces.dropLast().last?.word == 1)
  }

  @Test func `an unknown word keeps its text, and its id tells`() throws {
    let tokenizer = try openTokenizer("wordpiece")
    let piece = try #require(tokenizer.encode("good \u{1F600}").pieces.dropLast().last)
    #expect(piece.text == "\u{1F600}")
    #expect(piece.id == tokenizer.roles.unknown)
    #expect(tokenizer.vocabulary[piece.id] == "[UNK]")
  }

  @Test func `special tokens have their roles`() throws {
    let bert = try openTokenizer("wordpiece")
    #expect(bert.roles == TokenRoles(unknown: 1, padding: 0, mask: 4))
    let roberta = try openTokenizer("byte-level")
    #expect(roberta.roles == TokenRoles(unknown: 3, padding: 1, mask: 4))
    let settings = TokenizerSettings(
      .object([
        .init("mask_token", .string("the")),
        .init("pad_token", .object([.init("content", .string("[SEP]"))])),
      ]))
    let named = try openTokenizer("wordpiece", settings: settings)
    #expect(named.roles.padding == 3)
    #expect(named.vocabulary[try #require(named.roles.mask)] == "the")
  }

  @Test func `a text longer than the limit says what was not seen`() throws {
    let whole = try openTokenizer("wordpiece")
    let text = "a very good movie"
    #expect(whole.encode(text).unseen(in: 0) == nil)
    let count = whole.encode(text).pieces.count
    #expect(try openTokenizer("wordpiece", tokenLimit: count).encode(text).unseen(in: 0) == nil)
    let cut = try openTokenizer("wordpiece", tokenLimit: 4).encode(text)
    #expect(cut.pieces.map(\.text) == ["[CLS]", "a", "very", "[SEP]"])
    #expect(cut.unseen(in: 0) == 6..<17)
    let none = try openTokenizer("wordpiece", tokenLimit: 1).encode(text)
    #expect(none.pieces.map(\.text) == ["[CLS]", "[SEP]"])
    #expect(none.unseen(in: 0) == 0..<17)
  }

  @Test func `the lower of both limits counts, and the settings' side`() throws {
    func settings(_ members: [JSON.Member]) -> TokenizerSettings {
      TokenizerSettings(.object(members))
    }
    let limit = JSON.Member("model_max_length", .integer(4))
    let text = "a very good movie"
    #expect(
      try openTokenizer("wordpiece", settings: settings([limit]), tokenLimit: 512).tokenLimit == 4)
    let left = settings([limit, .init("truncation_side", .string("left"))])
    let cut = try openTokenizer("wordpiece", settings: left).encode(text)
    #expect(cut.pieces.map(\.text) == ["[CLS]", "good", "movie", "[SEP]"])
    #expect(cut.unseen(in: 0) == 0..<7)
  }

  @Test func `given words are looked up as they stand`() throws {
    let tokenizer = try openTokenizer("wordpiece")
    let encoding = tokenizer.encode(words: ["[CLS]", "the", "##ing", "The", "[MASK]"])
    #expect(encoding.text == "[CLS] the ##ing The [MASK]")
    #expect(encoding.pieces.map(\.isFrame) == [true, false, false, false, false])
    #expect(encoding.pieces.map(\.word) == [nil, 0, 1, 2, 3])
    let ids = encoding.ids
    #expect(ids[0] == 2 && ids[3] == 1 && ids[4] == 4)
    #expect(tokenizer.vocabulary[ids[1]] == "the" && tokenizer.vocabulary[ids[2]] == "##ing")
    #expect(encoding.pieces.map(\.utf8Range) == [0..<5, 6..<9, 10..<15, 16..<19, 20..<26])
    #expect(tokenizer.encode(words: []) == Encoding(text: "", pieces: []))
  }
}
