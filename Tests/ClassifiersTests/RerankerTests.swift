import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// Language models that rank by the logits of two tokens; `Tests/Fixtures/rerankers/generate.py` made them.
@Suite(.enabled(if: Transformer.modelTypes.contains("qwen3")))
struct RerankerTests {
  private struct Expected: Decodable {
    var query: String
    var document: String
    var ids: [Int]
    var logits: [Float]
  }

  private static let names = ["logit-score", "card"]
  private let opener = ModelOpener(embedded: [])

  private func folder(_ name: String) -> String { fixture("rerankers/\(name)").path }

  private func expected(_ name: String) throws -> [Expected] {
    try JSONDecoder().decode(
      [Expected].self, from: Data(contentsOf: fixture("rerankers/\(name)/expected.json")))
  }

  @Test(arguments: names)
  func `a pair is read in the prompt, and its logits are those of the two tokens`(
    name: String
  ) throws {
    let model = try opener.open(folder(name))
    #expect(model.classifier.classes == ["no", "yes"])
    for pair in try expected(name) {
      let encoding = model.tokenizer.encode(pair.query, pair: pair.document)
      #expect(encoding.ids == pair.ids)
      let logits = try model.classifier.logits(for: [encoding.tokens])
      // Logits of about 1, in single precision here and there.
      #expect(largestDifference(logits.elements, pair.logits) < 2e-5)
      let isLong = pair.query == "long"
      #expect((encoding.truncation != nil) == isLong)
      if let truncation = encoding.truncation {
        #expect(truncation.read == 110 && truncation.tokens > 110)
        #expect(truncation.rest(in: 0) == nil)
        let last = encoding.pieces.last { !$0.isFrame }
        #expect(last?.part == 1)
        #expect(truncation.pairRange?.lowerBound == last?.utf8Range.upperBound)
        #expect(truncation.pairRange?.upperBound == pair.document.utf8.count)
      }
    }
  }

  @Test func `each piece stands in its own text, and the prompt is the frame`() throws {
    let model = try opener.open(folder("logit-score"))
    let texts = ["Where do cats sleep", "On the roof, isn't it? 👍🏽"]
    let encoding = model.tokenizer.encode(texts[0], pair: texts[1])
    for (part, text) in texts.enumerated() {
      let pieces = encoding.pieces.filter { !$0.isFrame && $0.part == part }
      var covered = Set<Int>()
      for piece in pieces { covered.formUnion(piece.utf8Range) }
      #expect(covered == Set(0..<text.utf8.count))
    }
    let words = encoding.pieces.compactMap(\.word)
    #expect(words == words.sorted() && words.first == 0)
    #expect(encoding.pieces.last?.isFrame == true && encoding.pieces.first?.isFrame == true)
    #expect(encoding.pieces.filter(\.isFrame).allSatisfy { $0.utf8Range.isEmpty && $0.word == nil })
    let alone = model.tokenizer.encode(texts[0])
    #expect(alone.pair == nil && alone.pieces.allSatisfy { $0.part == 0 })
  }

  @Test func `an imported reranker keeps its prompt`() throws {
    let imported = try opener.read(folder("card"))
    let copy = FileManager.default.temporaryDirectory.appending(path: "rank-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: copy) }
    for file in try imported.files(card: "card") {
      var bytes: [UInt8] = []
      try file.write { bytes += $0 }
      try Data(bytes).write(to: copy.appending(path: file.name))
    }
    let model = try opener.open(copy.path)
    let pair = try #require(try expected("card").first)
    let encoding = model.tokenizer.encode(pair.query, pair: pair.document)
    #expect(encoding.ids == pair.ids)
    let logits = try model.classifier.logits(for: [encoding.tokens])
    #expect(largestDifference(logits.elements, pair.logits) < 2e-5)
  }

  @Test func `another prompt, and other settings, are refused`() throws {
    func error(_ change: (URL) throws -> Void) throws -> CheckpointError? {
      let copy = FileManager.default.temporaryDirectory.appending(path: "r-\(UUID().uuidString)")
      try FileManager.default.copyItem(atPath: folder("logit-score"), toPath: copy.path)
      defer { try? FileManager.default.removeItem(at: copy) }
      try change(copy)
      do {
        _ = try opener.open(copy.path)
        return nil
      } catch ModelOpeningError.checkpoint(_, let error) {
        return error
      }
    }
    let other = try error {
      try Data("{{ messages }}".utf8).write(to: $0.appending(path: "chat_template.jinja"))
    }
    #expect(other == .huggingFace(.rerankerPrompt))
    let beyond = try error {
      let settings = #"{"true_token_id": 100000, "false_token_id": 1}"#
      try Data(settings.utf8).write(to: $0.appending(path: "1_LogitScore/config.json"))
    }
    guard case .wrongValue("true_token_id", _, "100000")? = beyond else {
      Issue.record("\(beyond.map { "\($0)" } ?? "opened")")
      return
    }
    let plain = try error {
      try FileManager.default.removeItem(at: $0.appending(path: "modules.json"))
    }
    #expect(
      plain == .huggingFace(.noClassifier(.languageModel, architecture: "Qwen3ForCausalLM")))
    let outside = try error {
      let modules = #"[{"type": "x.LogitScore", "path": "../1_LogitScore"}]"#
      try Data(modules.utf8).write(to: $0.appending(path: "modules.json"))
    }
    #expect(
      outside
        == .inFile(
          name: "modules.json",
          .wrongValue(
            key: "path", expected: "a folder within the model's", found: "../1_LogitScore")))
  }
}
