import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// sentence-transformers on small random encoders;
/// `Tests/Fixtures/parity/sentence-encoders/generate.py` asked it.
struct SentenceEncoderTests {
  struct Answer: Decodable {
    var text: String
    var pair: String
    var cosine: Float
  }

  static let names = [
    "albert", "bert", "distilbert", "electra", "modernbert", "mpnet", "roberta",
  ]

  static func open(_ name: String) throws -> Model {
    try ModelOpener(embedded: []).open(fixture("parity/sentence-encoders/\(name)").path)
  }

  static func answers(_ name: String) throws -> [Answer] {
    let data = try Data(
      contentsOf: URL(filePath: fixture("parity/sentence-encoders/answers.json").path))
    return try #require(JSONDecoder().decode([String: [Answer]].self, from: data)[name])
  }

  @Test(arguments: names) func `cosines are those of sentence-transformers`(name: String) throws {
    let model = try Self.open(name)
    #expect(model.classifier.classes == ["similarity"] && model.classifier.link == .identity)
    #expect(model.tokenizer.readsPairs)
    let answers = try Self.answers(name)
    #expect(answers.count == 4)
    for answer in answers {
      let prediction = try model.predict(answer.text, pair: answer.pair)
      #expect(abs(prediction.logits[0] - answer.cosine) < 1e-5, "\(answer.text)")
      #expect(prediction.encoding.pair == answer.pair)
    }
    let last = try #require(answers.last)
    let encoding = model.tokenizer.encode(last.text, pair: last.pair)
    #expect(encoding.truncation != nil && encoding.unseen(in: 1) == nil)
    // The limit of the folder's own is less than the model's.
    if name == "bert" { #expect(model.facts.tokenLimit == 32) }
  }

  @Test(arguments: names)
  func `gradients at both texts are those of sentence-transformers`(name: String) throws {
    let model = try Self.open(name)
    let answer = try Self.answers(name)[0]
    let classifier = try #require(model.classifier.differentiable)
    let tensors = try Safetensors.tensors(
      in: ByteSource(path: fixture("parity/sentence-encoders/gradients.safetensors").path))
    let expected = try (0...1).flatMap { part in
      let shape = try #require(tensors.shape(of: "\(name).\(part)"))
      return try tensors.values("\(name).\(part)", shape: shape)
    }
    let tokens = model.tokenizer.encode(answer.text, pair: answer.pair).tokens
    let found = try classifier.gradient(
      of: [Target(classIndex: 0)], at: classifier.embeddings(for: [tokens]))
    #expect(found.gradient.values.count == expected.count)
    let largest = expected.map(\.magnitude).max() ?? 0
    #expect(largestDifference(found.gradient.values, expected) < 1e-3 * largest)
  }

  @Test(arguments: names) func `multipliers add up over both texts`(name: String) throws {
    let model = try Self.open(name)
    let classifier = try #require(model.classifier.intervenable)
    let tokens = model.tokenizer.encode("a clever film", pair: "nothing works").tokens
    let embeddings = try classifier.embeddings(for: [tokens])
    let baseline = try classifier.embeddings(for: [tokens.map { $0.replaced(by: 4) }])
    let target = Target(classIndex: 0)
    let found = try classifier.backward(.chords(from: baseline), of: [target], at: embeddings)
    let sum = found.contributions(at: embeddings, from: baseline)
    #expect(abs(sum - found.change(of: target, link: classifier.link)) < 5e-5)
    let other = try classifier.randomizingLayers(first: 2, seed: 5)
    #expect(
      try other.logits(for: [tokens])[row: 0] != (try classifier.logits(for: [tokens])[row: 0]))
  }

  @Test func `tokens know their text, and one text alone is refused`() throws {
    let model = try Self.open("distilbert")
    let encoding = model.tokenizer.encode("a film", pair: "bad")
    let parts = encoding.pieces.map(\.part)
    #expect(parts == parts.sorted() && parts.last == 1)
    let words = encoding.pieces.compactMap(\.word)
    #expect(words == words.sorted() && words.last == 2)
    #expect(throws: ClassifierError.needsPair) { try model.predict("a film") }
    #expect(ClassifierError.needsPair.isAboutTheText)
  }

  @Test func `what can't be computed is refused by its name`() throws {
    let source = fixture("parity/sentence-encoders/mpnet")
    func error(_ file: String, _ old: String, _ new: String) throws -> (any Error)? {
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.copyItem(at: source, to: folder)
      defer { try? FileManager.default.removeItem(at: folder) }
      let place = folder.appending(path: file)
      let text = try String(contentsOf: place, encoding: .utf8)
      #expect(text.contains(old))
      try Data(text.replacing(old, with: new).utf8).write(to: place)
      do {
        _ = try ModelOpener(embedded: []).open(folder.path)
        return nil
      } catch {
        return error
      }
    }
    func says(_ error: (any Error)?, _ part: String) -> Bool {
      error.map { "\($0)".contains(part) } ?? false
    }
    #expect(
      says(try error("1_Pooling/config.json", "lasttoken", "attention"), "attention"))
    #expect(says(try error("modules.json", "dense.Dense", "cnn.CNN"), "CNN"))
    #expect(says(try error("modules.json", "2_Dense", "../2_Dense"), "../2_Dense"))
    #expect(
      says(
        try error("config_sentence_transformers.json", "\"cosine\"", "\"euclidean\""),
        "euclidean"))
    #expect(
      says(
        try error(
          "config_sentence_transformers.json", "\"default_prompt_name\": null",
          "\"default_prompt_name\": \"query\""), "default_prompt_name"))
    #expect(says(try error("2_Dense/config.json", "Identity", "Softplus"), "Softplus"))
    #expect(
      says(try error("2_Dense/config.json", "\"in_features\": 32", "\"in_features\": 64"), "64"))
  }
}
