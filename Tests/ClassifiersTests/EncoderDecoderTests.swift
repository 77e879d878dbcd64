import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// transformers' own numbers of small BARTs; `Tests/Fixtures/parity/encoder-decoders/generate.py` made
/// them.
struct EncoderDecoderTests {
  static let names = ["bart", "bart-scaled"]

  @Test(arguments: names)
  func `logits and gradients are those of transformers`(name: String) throws {
    let (model, texts) = try Self.read(name)
    #expect(texts.count == 5)
    for text in texts {
      let tokens = text.ids.map { Token(id: $0) }
      let logits = try model.logits(for: [tokens])[row: 0]
      #expect(largestDifference(logits, text.logits) < 1e-5)
      let embeddings = try model.embeddings(for: [tokens])
      for (classIndex, expected) in text.gradients.enumerated() {
        let found = try model.gradient(of: [Target(classIndex: classIndex)], at: embeddings)
        let largest = expected.map(\.magnitude).max() ?? 0
        #expect(
          largestDifference(found.gradient.values, expected) < 1e-4 * largest,
          "\(text.ids.count) tokens")
        #expect(largestDifference(found.logits[row: 0], text.logits) < 1e-5)
      }
    }
  }

  @Test(arguments: names)
  func `rows with other numbers of end tokens are computed as each alone`(name: String) throws {
    let (model, texts) = try Self.read(name)
    let batch = texts.map { $0.ids.map { Token(id: $0) } }
    let together = try model.logits(for: batch)
    for (row, text) in texts.enumerated() {
      #expect(largestDifference(together[row: row], text.logits) < 1e-5)
    }
    // Without one, which transformers refuses, the last token's vector stands for the text.
    let (open, closed) = ([Token](arrayLiteral: 0, 9, 30), [Token](arrayLiteral: 0, 9, 2))
    #expect(try model.embeddings(for: [open, closed]).summaries.isEmpty)
    #expect(try model.logits(for: [open])[row: 0].allSatisfy(\.isFinite))
    #expect(try model.logits(for: [[]])[row: 0].allSatisfy(\.isFinite))
  }

  @Test(arguments: names)
  func `gradients are the same where little memory keeps less of a pass`(name: String) throws {
    let (read, texts) = try Self.read(name)
    var model = read
    let tokens = texts[4].ids.map { Token(id: $0) }
    let embeddings = try model.embeddings(for: [tokens])
    let target = Target(classIndex: 1, quantity: .probability)
    let expected = try model.gradient(of: [target], at: embeddings)
    model.traceBudget = 1
    let found = try model.gradient(of: [target], at: embeddings)
    #expect(largestDifference(found.gradient.values, expected.gradient.values) < 1e-6)
  }

  @Test(arguments: names)
  func `relevance is that of the same rules in PyTorch`(name: String) throws {
    let (model, texts) = try Self.read(name)
    let expected = try Self.expected(name)
    let shape = try #require(expected.shape(of: "relevance"))
    let values = try expected.values("relevance", shape: shape)
    let found = try model.backward(
      .relevance,
      of: [Target(classIndex: 0)],
      at: model.embeddings(for: [texts[1].ids.map { Token(id: $0) }]))
    let largest = values.map(\.magnitude).max() ?? 0
    #expect(largestDifference(found.gradient.values, values) < 1e-4 * largest)
  }

  @Test(arguments: names)
  func `multipliers add up to the difference from the baseline`(name: String) throws {
    let (model, texts) = try Self.read(name)
    for text in texts {
      let embeddings = try model.embeddings(for: [text.ids.map { Token(id: $0) }])
      let baseline = try model.embeddings(for: [text.ids.map { _ in Token(id: 4) }])
      for quantity in [Target.Quantity.logit, .probability] {
        let target = Target(classIndex: 1, quantity: quantity)
        let found = try model.backward(
          .chords(from: baseline), of: [target], at: embeddings)
        let sum = found.contributions(at: embeddings, from: baseline)
        #expect(abs(sum - found.change(of: target, link: model.link)) < 2e-5)
      }
    }
  }

  @Test(arguments: names)
  func `a folder says what transformers says, from the text on`(name: String) throws {
    let path = fixture("parity/encoder-decoders/\(name)").path
    let model = try ModelOpener(embedded: []).open(path)
    #expect(model.architecture == "bart" && model.facts.tokenLimit == 64)
    #expect(model.classifier.can(.attention) && model.classifier.can(.valueZeroing))
    struct Answer: Decodable {
      var text: String
      var ids: [Int]
      var logits: [Float]
    }
    let data = try Data(contentsOf: URL(filePath: path + "/answers.json"))
    let answers = try JSONDecoder().decode([Answer].self, from: data)
    #expect(answers.count == 6)
    for answer in answers {
      let prediction = try model.predict(answer.text)
      #expect(prediction.encoding.ids == answer.ids)
      #expect(largestDifference(prediction.logits, answer.logits) < 1e-4)
    }
  }

  @Test func `layers are forgotten from the head down to the words`() throws {
    let (model, texts) = try Self.read("bart")
    let tokens = texts[0].ids.map { Token(id: $0) }
    #expect(
      model.randomizableLayers == [
        "head", "decoder layer 3", "decoder layer 2", "decoder layer 1", "encoder layer 2",
        "encoder layer 1", "embedding",
      ])
    var earlier = texts[0].logits
    for count in 1...model.randomizableLayers.count {
      let logits = try model.randomizingLayers(first: count, seed: 3).logits(for: [tokens])[row: 0]
      #expect(largestDifference(logits, earlier) > 1e-5, "\(count)")
      earlier = logits
    }
    let same = try model.randomizingLayers(first: 0, seed: 3).logits(for: [tokens])[row: 0]
    #expect(same == (try model.logits(for: [tokens])[row: 0]))
  }

  private static func expected(_ name: String) throws -> NamedTensors {
    try Safetensors.tensors(
      in: ByteSource(
        path: fixture("parity/encoder-decoders/\(name)/expected.safetensors").path))
  }

  private static func read(
    _ name: String
  ) throws -> (EncoderDecoder, [(ids: [Int], logits: [Float], gradients: [[Float]])]) {
    let files = ModelFiles(folder: fixture("parity/encoder-decoders/\(name)").path)
    let model = try EncoderDecoder(
      HuggingFaceFolder.read(files, supported: Transformer.modelTypes))
    let expected = try expected(name)
    let count = expected.names.count { $0.hasPrefix("text.") && $0.hasSuffix(".ids") }
    let texts = try (0..<count).map { index in
      let tokens = expected.shape(of: "text.\(index).ids")?.first ?? 0
      let shape = expected.shape(of: "text.\(index).gradients") ?? []
      let gradients = try expected.values("text.\(index).gradients", shape: shape)
      return (
        ids: try expected.vector("text.\(index).ids", count: tokens).map { Int($0) },
        logits: try expected.vector("text.\(index).logits", count: model.classes.count),
        gradients: (0..<shape[0]).map { classIndex in
          let size = gradients.count / shape[0]
          return Array(gradients[classIndex * size..<(classIndex + 1) * size])
        }
      )
    }
    return (model, texts)
  }
}
