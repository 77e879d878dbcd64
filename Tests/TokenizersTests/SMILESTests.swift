import Testing
import Tokenizers

@Suite struct SMILESTests {
  private let tokenizer: FastaiWords

  init() throws {
    tokenizer = try Self.tokenizer([
      "xxunk", "xxpad", "xxbos", "C", "c", "(", "=", "O", ")", "1", "Br", "[nH]",
    ])
  }

  private static func tokenizer(
    _ vocabulary: [String], _ splitting: String = "xxbos smiles", rules: [TextRule] = []
  ) throws -> FastaiWords {
    try FastaiWords(
      vocabulary: vocabulary, rules: rules, splitter: .own(try Splitting(splitting)))
  }

  /// What Python's `re.findall` gives with the pattern, and what it leaves out one by one.
  @Test(arguments: [
    ("CC(=O)Oc1ccccc1", "C C ( = O ) O c 1 c c c c c 1"),
    ("C[C@@H](Cl)Br", "C [C@@H] ( Cl ) Br"),
    ("B(r)C%12l@@@", "B ( r ) C %12 l @@ @"),
    ("[nH]1c2[Na+].[O-]", "[nH] 1 c 2 [Na+] . [O-]"),
    ("C/C=C\\C#N$:~*", "C / C = C \\ C # N $ : ~ *"),
    ("[]%1%", "[ ] % 1 %"),
    ("[C", "[ C"),
  ])
  func `a molecule falls into atoms, bonds, branches and rings`(text: String, tokens: String) {
    let encoding = tokenizer.encode(text)
    let expected = tokens.split(separator: " ").map { String($0) }
    #expect(encoding.pieces.dropFirst().map(\.text) == expected)
    #expect(brokenLaws(of: encoding) == [])
  }

  @Test func `pieces have ids, places and a frame`() {
    let encoding = tokenizer.encode(" CBr é[nH]")
    #expect(encoding.ids == [2, 3, 10, 0, 11])
    #expect(encoding.pieces.map(\.utf8Range) == [0..<0, 1..<2, 2..<4, 5..<7, 7..<11])
    #expect(encoding.pieces.map(\.word) == [nil, 0, 1, 2, 3])
    #expect(tokenizer.encode("").ids == [2])
    #expect(tokenizer.roles == TokenRoles(unknown: 0, padding: 1, mask: nil))
    #expect(tokenizer.encode(words: ["xxbos", "C", "Q"]).ids == [2, 3, 0])
  }

  @Test func `brackets without end are read in linear time`() {
    #expect(tokenizer.encode(String(repeating: "[", count: 500_000)).pieces.count == 500_001)
    #expect(tokenizer.encode(String(repeating: "[]", count: 250_000)).pieces.count == 500_001)
  }

  @Test func `a vocabulary without its marks is refused`() throws {
    #expect(throws: VocabularyError.missing(token: "xxbos")) {
      try Self.tokenizer(["xxunk"])
    }
    #expect(throws: VocabularyError.empty) { try Self.tokenizer([]) }
    // fastai's first token stands for what is unknown, whatever it is.
    #expect(try Self.tokenizer(["C", "xxbos"]).encode("CQ").ids == [1, 0, 0])
  }

  /// What the tokenizer of MolPMoFiT gives, but for the beginning.
  @Test(arguments: [
    ("C[C@@H](Cl)Br", "C [C@@H] ( Cl ) Br"), ("C%12@@", "C % 1 2 @ @"), ("[[nH]", "[ [nH]"),
    ("[C@@H:1234567]C", "[ C @ @ H : 1 2 3 4 5 6 7 ] C"), ("[", "["), ("[]", "[ ]"),
    ("BrB", "Br B"),
  ])
  func `characters of a molecule leave brackets and elements whole`(
    text: String, tokens: String
  ) throws {
    let encoding = try Self.tokenizer(["xxunk"], "smiles-characters").encode(text)
    #expect(encoding.pieces.map(\.text).joined(separator: " ") == tokens)
    #expect(brokenLaws(of: encoding) == [])
    let long = try Self.tokenizer(["[C@@H:1234567]", "[UNK]"], "smiles-characters")
    #expect(long.encode("[C@@H:1234567][Fe]").ids == [0, 1])
  }

  @Test(arguments: [
    ("characters", "a  bé", ["a", " ", " ", "b", "é"]),
    ("spaces", " a\tb  c\n", ["a", "b", "c"]),
    ("words", "don't stop: 1,000.5 é!", ["don't", "stop", ":", "1,000.5", "é", "!"]),
    ("regex:[a-z]+|(?<=x)[0-9]", "ab1x2 Q", ["ab", "x", "2"]),
    ("[BOS] spaces [EOS] !", "a b", ["[BOS]", "a", "b", "[EOS]", "!"]),
  ])
  func `a text is split as the name says`(name: String, text: String, tokens: [String]) throws {
    let splitting = try Splitting(name)
    #expect(splitting.name == name)
    let tokenizer = try Self.tokenizer(["xxunk", "[BOS]", "[EOS]", "!"], name)
    let encoding = tokenizer.encode(text)
    #expect(encoding.pieces.map(\.text) == tokens)
    #expect(brokenLaws(of: encoding) == [])
    #expect(tokenizer.trace(text).steps.map(\.name) == [name])
  }

  @Test func `rules come before the splitting`() throws {
    let tokenizer = try Self.tokenizer(["xxunk"], "spaces", rules: TextRule.allCases)
    #expect(tokenizer.encode("Not  bad").pieces.map(\.text) == ["xxbos", "xxmaj", "not", "bad"])
  }

  @Test func `a name that says nothing is refused`() {
    #expect(throws: SplittingError.unknown(name: "smile")) { try Splitting("smile") }
    #expect(throws: SplittingError.unknown(name: "")) { try Splitting("") }
    #expect(throws: SplittingError.pattern("(", .endedEarly)) { try Splitting("regex:(") }
  }

  @Test func `the best guess leaves most tokens whole`() {
    func guess(_ tokens: String) -> String {
      SplittingGuess(for: tokens.split(separator: " ").map(String.init)).splitting.name
    }
    let specials = "xxunk xxpad xxbos xxeos xxfld"
    #expect(guess("\(specials) C c ( ) = 1 Cl Br [nH] [C@@H] @@ %10") == "smiles")
    #expect(guess("\(specials) C c ( ) = 1 Cl Br [nH] [C@@H] %") == "smiles-characters")
    #expect(guess("xxpad [BOS] [EOS] C c ( ) = 1 Cl [nH] [UNK]") == "[BOS] smiles [EOS]")
    #expect(guess("xxpad xxbos C c ( ) = 1 l B r [ ]") == "xxbos characters")
    #expect(guess("\(specials) the film was not good . , !") == "words")
    #expect(guess("\(specials) a-b c_d/e f+g h|i j=k l&m good bad") == "spaces")
  }
}
