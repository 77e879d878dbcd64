import Classifiers
import Datasets
import Reports
import Testing

@Test func `a molecule's words are its groups, each with its atoms and the bonds between them`() {
  let text = "CC(=O)NCc1ccc(Cl)s1"
  let names = TextParts.molecules.names(of: text)
  #expect(names.contains("thiophene with chlorine"))
  #expect(names.contains { $0.contains("amide") })
  #expect(Set(names).count == names.count)
  // one point for each byte: all of it is given away but what stands on no group
  let scores = WordScores(
    classIndex: 0,
    words: text.utf8.indices.map { index in
      let offset = text.utf8.distance(from: text.utf8.startIndex, to: index)
      return .init(utf8Range: offset..<offset + 1, score: 1)
    })
  // c1ccc(Cl)s1 without its parentheses; the two digits are the bond that closes the ring
  let found = TextParts.molecules.byName(scores, in: text)
  #expect(found.map(\.word) == names)
  #expect(found.first { $0.word == "thiophene with chlorine" }?.score == 9)
}

@Test func `a text that is no molecule has no groups`() {
  for text in ["", "CC(", "a good film", String(repeating: "C", count: 5000)] {
    #expect(TextParts.molecules.names(of: text).isEmpty)
  }
}

@Test func `a query finds rows by their groups, each name by itself`() throws {
  var table = ExampleTable(classes: ["a", "b"])
  var chunk = ExampleChunk(classes: 2)
  let texts = ["CC(=O)NC", "c1ccsc1", "Clc1cccs1"]
  for (row, text) in texts.enumerated() {
    chunk.append(
      Example(index: row, line: row, content: .text(text), gold: .one(0)),
      Judgement(logits: [0, 1], gold: .one(0), link: .softmax))
  }
  table.append(chunk)
  #expect(try table.view(Query("group~thiophene")).rows.isEmpty)
  table.parts = .molecules
  #expect(try table.view(Query("group~thiophene")).rows == [1, 2])
  #expect(try table.view(Query("group~\"; thiophene ;\"")).rows == [1])
  #expect(try table.report().words.isEmpty)
}
