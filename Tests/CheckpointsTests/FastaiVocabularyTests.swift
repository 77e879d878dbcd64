import Checkpoints
import Documents
import Foundation
import TestSupport
import Testing

private func read(_ text: String) throws -> FastaiVocabulary {
  try FastaiVocabulary.read(ByteSource(Array(text.utf8)))
}

struct FastaiVocabularyTests {
  @Test func `a vocabulary may be written in several ways`() throws {
    let tokens = FastaiVocabulary(tokens: ["xxunk", "a"])
    let both = FastaiVocabulary(tokens: ["xxunk", "a"], classes: ["no", "yes"])
    #expect(try read(#"["xxunk", "a"]"#) == tokens)
    #expect(try read("xxunk\na\n") == tokens)
    #expect(try read("xxunk\r\na\r\n") == tokens)
    #expect(try read("[UNK]\na") == FastaiVocabulary(tokens: ["[UNK]", "a"]))
    #expect(try read(#"{"a": 1, "xxunk": 0}"#) == tokens)
    #expect(try read(#" [["xxunk", "a"], ["no", "yes"]]"#) == both)
    #expect(try read(#"{"itos": ["xxunk", "a"], "labels": ["no", "yes"]}"#) == both)
    #expect(try read(#"{"0": "xxunk", "1": "a"}"#) == tokens)
    #expect(try read(#"{"stoi": {"xxunk": 0, "a": 1.0}}"#) == tokens)
    #expect(try read(#"[["xxunk", 0], ["a", 1]]"#) == tokens)
    #expect(try read("\u{FEFF}xxunk\na\n") == tokens)
    #expect(try read("\u{FEFF}[\"xxunk\", \"a\"]") == tokens)
    // A number may be a token, and a token have spaces.
    #expect(try read(#"{"xxunk": 0, "7": 1, " a b ": 2}"#).tokens == ["xxunk", "7", " a b "])
    let numbered = FastaiVocabulary(tokens: ["xxunk", "a"], classes: ["0", "True"])
    #expect(try read(#"[["xxunk", "a"], [0, true]]"#) == numbered)
    let pickled = try FastaiVocabulary.read(
      ByteSource(path: fixture("fastai-weights/fastai-layout/vocab.pkl").path))
    #expect(pickled.tokens.count == 32 && pickled.tokens[0] == "xxunk")
    #expect(pickled.classes == ["neg", "pos"])
  }

  @Test(
    arguments: [
      ("[1]", "a list of something other than texts"), (#"{"a": 1, "b": 1}"#, dictionary),
      (#"{"a": 1, "b": 900}"#, dictionary), ("{}", dictionary), ("[]", list),
      (#"{"a": -1, "b": 0}"#, dictionary), (#"{"0": "a", "b": "c"}"#, dictionary),
      ("[[[[]]], []]", list), (#"{"vocab": 3}"#, dictionary),
    ])
  func `what is no vocabulary is told`(text: String, found: String) {
    #expect(throws: CheckpointError.fastai(.noVocabulary(found: found))) { try read(text) }
  }

  @Test func `numbers that fastai leaves out are fillers, and words asked for in vain are none`()
    throws
  {
    // Numericalize.o2i leaves 'xxfake' out; stoi has it once; defaultdict(int) grows as it is asked.
    #expect(try read(#"{"xxunk": 0, "b": 3, "a": 1}"#).tokens == ["xxunk", "a", "xxfake", "b"])
    #expect(
      try read(#"{"a": 1, "unheard": 0, "xxunk": 0, "xxfake": 3}"#).tokens
        == ["xxunk", "a", "xxfake", "xxfake"])
  }

  @Test func `broken JSON is told as such where it is no list of lines`() {
    #expect(throws: CheckpointError.json(.endedEarly, offset: 9)) { try read(#"["xxunk","#) }
  }

  @Test func `more tokens than a model has are refused`() {
    let many = 500_001
    let fault = CheckpointError.fastai(.noVocabulary(found: "more than 500000 tokens"))
    #expect(throws: fault) { try read(String(repeating: "\n", count: many)) }
    let list = "[" + String(repeating: "\"\",", count: many) + "\"\"]"
    #expect(throws: fault) { try read(list) }
  }

  @Test func `bytes that are no text are told`() {
    let fault = CheckpointError.fastai(.noVocabulary(found: "bytes that are no text"))
    #expect(throws: fault) { try FastaiVocabulary.read(ByteSource([0xFF, 0xFE, 0x00])) }
  }
}

private let list = "a list of something other than texts"
private let dictionary = "a dictionary without tokens"
