import Classifiers
import Datasets
import Reports
import Testing

/// A table of molecules: what the model says is b, and what is right.
private func table(_ rows: [(text: String, isRight: Bool)]) -> ExampleTable {
  var chunk = ExampleChunk(classes: 2)
  for (row, entry) in rows.enumerated() {
    let gold = Gold.one(entry.isRight ? 1 : 0)
    chunk.append(
      Example(index: row, line: row, content: .text(entry.text), gold: gold),
      Judgement(logits: [0, 1], gold: gold, link: .softmax))
  }
  var table = ExampleTable(classes: ["a", "b"])
  table.append(chunk)
  table.parts = .molecules
  return table
}

/// Of each slice a molecule that belongs to it and one that does not.
private let samples: [(name: String, inside: String, outside: String)] = [
  ("at most 10 heavy atoms", "[H]C([H])([H])CCCCCCCCC", "CCCCCCCCCCC"),
  ("11 to 20 heavy atoms", "CCCCCCCCCCC", "CCCCCCCCCC"),
  ("21 to 30 heavy atoms", "CCCCCCCCCCCCCCCCCCCCC", "CC"),
  ("31 to 50 heavy atoms", String(repeating: "C", count: 31), "CC"),
  ("more than 50 heavy atoms", String(repeating: "C", count: 51), "CC"),
  ("no ring", "CCO", "C1CC1"),
  ("1 or 2 rings", "c1ccc2ccccc2c1", "CCO"),
  // cubane has five
  ("3 or 4 rings", "C1C2CC3CC1CC(C2)C3", "C12C3C4C1C5C4C3C25"),
  ("more than 4 rings", "C12C3C4C1C5C4C3C25", "C1CC1"),
  ("no aromatic ring", "C1CCCCC1", "C1=CC=CC=C1"),
  ("has a halogen", "CCBr", "C[Si](C)(C)C"),
  ("has sulfur", "c1ccsc1", "C[Si](C)(C)C"),
  ("has phosphorus", "CP(=O)(O)O", "c1ccccc1"),
  ("has no nitrogen", "CCO", "CCN"),
  ("has a net charge", "C[N+](C)(C)C", "C[N+](=O)[O-]"),
  ("salt, or several parts", "[Na+].[Cl-]", "CCO"),
  ("has marked stereocentres", "N[C@@H](C)C(=O)O", "NC(C)C(=O)O"),
  ("has no group with a name", "CC", "CC(=O)NC"),
  ("can't be read as SMILES", "a good film.", "CCO"),
]

@Test func `every line is a query, and has a sample`() {
  #expect(MoleculeSlices.slices.count == MoleculeSlices.lines.count)
  #expect(MoleculeSlices.lines.map(\.name) == samples.map(\.name))
}

@Test(arguments: samples)
private func `a slice of molecules holds its own`(
  name: String, inside: String, outside: String
) throws {
  let line = try #require(MoleculeSlices.lines.first { $0.name == name })
  let rows = table([(inside, true), (outside, true)])
  #expect(try rows.view(Query(line.query)).rows == [0])
}

@Test func `molecules are looked at by their own slices, not by words`() throws {
  let wrong = ["CCCl", "CCBr", "CCF", "CCI", "FCC"]
  let right = ["CCO", "CCN", "CC", "CCC", "what is this? not a molecule"]
  let rows = table(wrong.map { ($0, false) } + right.map { ($0, true) })
  let report = try rows.report()
  #expect(report.slices.first?.name == "has a halogen" && report.slices.first?.lift == 2)
  #expect(Set(report.slices.map(\.name)).isSubset(of: MoleculeSlices.lines.map(\.name)))
  // what a slice counts is what its query finds
  for slice in report.slices {
    let found = try rows.view(Query(try #require(slice.query)))
    #expect(found.rows.count == slice.count && found.errorCount == slice.errors, "\(slice.name)")
  }
  #expect(report.lengths.map(\.rows) == [9] && report.lengths.first?.errors == 5)
  let own = try rows.report(ownSlices: [Query("len<=3 rings=0")]).slices
  #expect(own.first { $0.name == "len<=3 rings=0" }?.count == 9)
  // the same texts as words
  var words = rows
  words.parts = nil
  #expect(try words.report().slices.contains { $0.name == "at most 5 words" })
  #expect(try words.view(Query("rings=0")).rows.isEmpty)
}

@Test func `molecules are sorted by their atoms, and what is none comes last`() throws {
  let rows = table([("CCO", true), ("not one", true), ("c1ccccc1", true), ("C", true)])
  #expect(try rows.view(Query(""), order: .len).rows == [2, 0, 3, 1])
}

@Test func `why a text is no molecule can be asked for`() throws {
  let rows = table([("CCO", true), ("CC(", true), ("C1CC", true)])
  #expect(try rows.view(Query("mistake~.")).rows == [1, 2])
  #expect(try rows.view(Query("mistake~ring")).rows == [2])
}
