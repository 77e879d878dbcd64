import Testing
import Tokenizers

@Suite struct SMILESTests {
  private let tokenizer: SMILES

  init() throws {
    tokenizer = try SMILES(
      vocabulary: ["xxunk", "xxpad", "xxbos", "C", "c", "(", "=", "O", ")", "1", "Br", "[nH]"])
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

  @Test func `a vocabulary without its marks is refused`() {
    #expect(throws: VocabularyError.missing(token: "xxbos")) {
      try SMILES(vocabulary: ["xxunk"])
    }
    #expect(throws: VocabularyError.missing(token: "xxunk")) { try SMILES(vocabulary: ["C"]) }
  }
}
