import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private struct Said: Decodable {
  var text: String
  var ids: [Int]
  var offsets: [[Int]]
  var logits: [Float]
}

/// Folders of transformers that read molecules.
struct SMILESTransformerTests {
  @Test(arguments: ["roberta", "albert"])
  func `ids, offsets and outputs are those of transformers`(name: String) throws {
    let model = try ModelOpener(embedded: []).open(fixture("smiles-transformers/\(name)").path)
    #expect(model.readsSMILES)
    let data = try Data(contentsOf: fixture("smiles-transformers/\(name).json"))
    let answers = try JSONDecoder().decode([Said].self, from: data)
    #expect(answers.count == 16)
    for answer in answers {
      let prediction = try model.predict(answer.text)
      let pieces = prediction.encoding.pieces
      #expect(prediction.encoding.ids == answer.ids, "\(answer.text)")
      for (piece, offsets) in zip(pieces, answer.offsets) where !piece.isFrame {
        #expect([piece.utf8Range.lowerBound, piece.utf8Range.upperBound] == offsets)
      }
      #expect(largestDifference(prediction.logits, answer.logits) < 1e-5, "\(answer.text)")
    }
  }

  @Test func `a piece that cuts an element is shown for what it is`() throws {
    let model = try ModelOpener(embedded: []).open(fixture("smiles-transformers/roberta").path)
    let pieces = model.tokenizer.encode("C[Si](C)Br").pieces.filter { !$0.isSpecial }
    #expect(pieces.map(\.text) == ["C", "[", "S", "i", "](", "C", ")", "Br"])
    #expect(pieces[2...3].map(\.utf8Range) == [2..<3, 3..<4])
    // One word all the same, as it stands in the text.
    #expect(pieces[2].word == pieces[3].word)
  }
}
