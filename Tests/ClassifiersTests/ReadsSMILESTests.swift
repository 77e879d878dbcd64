import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private func reads(_ vocabulary: [String]) throws -> Bool {
  let tokenizer = try FastaiWords(vocabulary: vocabulary, splitter: .singleSpaces)
  let model = Model(
    name: "m", architecture: "tiny", classifier: TinyClassifier(classes: 2), tokenizer: tokenizer,
    facts: ModelFacts(
      parameterCount: 0, weightBytes: 0, settings: [], tokenizer: "", tokenLimit: nil))
  return model.readsSMILES
}

private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

struct ReadsSMILESTests {
  @Test func `a vocabulary of SMILES is one, whatever cuts it`() throws {
    let specials = ["xxunk", "xxpad", "xxbos", "xxfld"]
    let atoms = "C c ( ) = O 1 N 2 n Cl F [C@@H] [nH] # [O-] [N+] Br / s %10 [Na+] [13CH3] [*:1]"
    #expect(try reads(specials + words(atoms)))
    let pieces = "<s> </s> C c ( ) = O 1 CC cc C(= c1 ccc C(=O)N [C@ @H] c1ccccc1 Cl CCN C# H]( N+"
    #expect(try reads(words(pieces)))
    #expect(try reads(Array("Cc()=O1N2[]@H+-lBrnFS#/s\\3").map(String.init)))
  }

  @Test func `words, letters and SELFIES are none`() throws {
    #expect(try !reads(words("xxunk xxbos the film is good and dull ( ) = 1 C c Cl CO 2019 In OK")))
    #expect(try !reads((33...126).map { String(UnicodeScalar($0)) }))
    #expect(try !reads(words("[C] [=C] [Ring1] [Branch1] [N] [=O] [O] [#N] 1 = ( ) [F]")))
    #expect(try !reads(["C", "O", "N", "(", ")"]))
  }

  @Test func `a model is asked by its vocabulary`() throws {
    let opener = ModelOpener(embedded: [])
    func model(_ path: String) throws -> Model { try opener.open(fixture(path).path) }
    #expect(try model("fastai-own/mol-tokenizer.pkl").readsSMILES)
    #expect(try model("fastai-own/smiles-pattern.pkl --tokenizer smiles").readsSMILES)
    for text in [
      "fastai-own/letters.pkl --tokenizer characters", "fastai-own/regression.pkl",
      "checkpoints/words-one-layer.pkl", "fastai-v1/words.pkl",
    ] {
      #expect(try !model(text).readsSMILES, "\(text)")
    }
  }
}
