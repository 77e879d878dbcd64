import Foundation
import Testing
import Tokenizers

@Suite struct SentencePieceTests {
  private static let models = ((try? TextHashes.read("model-hashes.json")) ?? [:]).keys.sorted()

  @Test(arguments: models)
  func `ids and places are SentencePiece's`(name: String) throws {
    let expected = try #require(try TextHashes.read("model-hashes.json")[name])
    let sentencePiece = try SentencePiece(modelBytes(name))
    let different = TextHashes.differences(from: expected) { text in
      sentencePiece.encode(text).map { ($0.id, $0.utf8Range) }
    }
    #expect(different == [], "blocks of fifty texts")
  }

  @Test func `pieces have their texts, and unknown characters are one`() throws {
    let tokens = try SentencePiece(modelBytes("xlmr")).encode("a \u{1F600}\u{1F601} movie")
    #expect(tokens.map(\.text) == ["\u{2581}a", "\u{2581}", "\u{1F600}\u{1F601}", "\u{2581}movie"])
    #expect(tokens[2].id == 0 && tokens[2].utf8Range == 2..<10)
  }

  @Test func `an unknown character is the pieces of its bytes where the model has them`() throws {
    let tokens = try SentencePiece(modelBytes("pairs-bytes")).encode("\u{1F600}")
    #expect(tokens.map(\.text) == ["\u{2581}", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>"])
    #expect(tokens.map(\.utf8Range) == [0..<0, 0..<0, 0..<0, 0..<0, 0..<4])
  }

  @Test func `a file that is no model is refused`() throws {
    #expect(throws: TokenizerFileError.emptyVocabulary(path: "pieces")) { try SentencePiece([]) }
    #expect(throws: TokenizerFileError.badSentencePiece(offset: 2)) {
      try SentencePiece([0x0A, 0x7F, 0x00])
    }
    #expect(throws: TokenizerFileError.missing(path: "pieces of the unknown kind")) {
      try SentencePiece([0x0A, 0x03, 0x0A, 0x01, 0x61])
    }
    // model_type 4, by characters
    let kind: [UInt8] = [0x12, 0x02, 0x18, 0x04]
    #expect {
      try SentencePiece(try modelBytes("xlmr") + kind)
    } throws: { error in
      guard
        case .unknownComponent("trainer_spec.model_type", "CHAR", _)? = error as? TokenizerFileError
      else { return false }
      return true
    }
  }
}
