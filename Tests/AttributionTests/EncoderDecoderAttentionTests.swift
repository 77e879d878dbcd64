import Attribution
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// Attention of small BARTs beside the papers' formulas on transformers' maps;
/// `Tests/Fixtures/parity/encoder-decoders/attention.py` computed them.
struct EncoderDecoderAttentionTests {
  struct Answer: Decodable {
    var ids: [Int]
    var classIndex: Int
    var reader: Int
    var value: Float
    /// By method.
    var scores: [String: [Float]]
    /// Shares of a layer each.
    var zeroing: [[Float]]
    /// Without the values of a token each.
    var silent: [[Float]]

    enum CodingKeys: String, CodingKey {
      case ids, reader, value, scores
      case classIndex = "class"
      case zeroing = "zeroing by layer"
      case silent = "logits without values"
    }
  }

  static let names = ["bart", "bart-scaled"]
  static let methods = ["attention", "attention-rollout", "attention-relevance", "value-zeroing"]

  static func answers(_ name: String) throws -> [Answer] {
    let data = try Data(contentsOf: fixture("parity/encoder-decoders/attention.json"))
    return try #require(JSONDecoder().decode([String: [Answer]].self, from: data)[name])
  }

  static func request(
    _ name: String, _ answer: Answer, _ choose: (inout ExplainerOptions) -> Void = { _ in }
  ) throws -> ExplanationRequest {
    let model = try ModelOpener(embedded: []).open(
      fixture("parity/encoder-decoders/\(name)").path)
    let pieces = answer.ids.enumerated().map { index, id in
      Piece(text: "\(id)", id: id, utf8Range: 0..<0, isFrame: index == 0, word: index)
    }
    var options = ExplainerOptions()
    choose(&options)
    return ExplanationRequest(
      model: model, encoding: Encoding(text: "", pieces: pieces),
      target: Target(classIndex: answer.classIndex), options: options)
  }

  @Test(arguments: names, methods)
  func `scores are those of the papers' formulas`(name: String, method: String) throws {
    let answers = try Self.answers(name)
    #expect(answers.count >= 2)
    for answer in answers {
      let request = try Self.request(name, answer)
      let result = try ExplainerLawTests.explainer(method).explain(request) { _ in }
      let expected = try #require(answer.scores[method])
      let largest = expected.max() ?? 0
      // Single precision; the turn of a vector is a difference of numbers near 1.
      let bound: Float = method == "value-zeroing" ? 2e-3 : 2e-5
      #expect(
        largestDifference(result.scores, expected) < bound * max(0.1, largest),
        "\(answer.ids.count) tokens")
      #expect(abs(result.targetValue - answer.value) < 1e-4)
    }
  }

  @Test(arguments: names)
  func `value zeroing has a row for each layer of the decoder`(name: String) throws {
    for answer in try Self.answers(name) {
      let explainer = try ExplainerLawTests.explainer("value-zeroing")
      let result = try explainer.explain(Self.request(name, answer)) { _ in }
      let rows = try #require(result.map?.scores)
      #expect(rows.count == answer.zeroing.count)
      for (row, expected) in zip(rows, answer.zeroing) {
        #expect(largestDifference(row, expected) < 2e-3 * max(0.1, expected.max() ?? 0))
      }
    }
  }

  @Test(arguments: names)
  func `without a token's values the model says what transformers says`(name: String) throws {
    for answer in try Self.answers(name) {
      let classifier = try #require(
        try Self.request(name, answer).model.classifier.intervenable)
      let logits = try classifier.logits(
        for: answer.ids.map { _ in tokens(answer.ids) }, zeroingValuesOf: Array(answer.ids.indices))
      for (row, expected) in answer.silent.enumerated() {
        #expect(largestDifference(logits[row: row], expected) < 1e-4, "\(row)")
      }
    }
  }

  @Test(arguments: names)
  func `maps are shares, and the decoder looks back alone`(name: String) throws {
    let answer = try Self.answers(name)[0]
    let classifier = try #require(
      try Self.request(name, answer).model.classifier.inspectable)
    let embeddings = try classifier.embeddings(for: [tokens(answer.ids)])
    #expect(classifier.readToken(of: embeddings) == answer.reader)
    let maps = try classifier.attentionMaps(of: Target(classIndex: 0), at: embeddings)
    let sides = try #require(maps.sides)
    let count = answer.ids.count
    for values in [maps.maps, sides.encoder.maps, sides.decoder.maps] {
      for start in stride(from: 0, to: values.count, by: count) {
        #expect(abs(values[start..<start + count].reduce(0, +) - 1) < 1e-5)
      }
    }
    for (place, weight) in sides.decoder.maps.enumerated()
    where place % count > place / count % count {
      #expect(weight == 0)
    }
  }

  @Test func `a layer and a head can be chosen, and none that is not there`() throws {
    let answer = try Self.answers("bart")[0]
    let explainer = try ExplainerLawTests.explainer("attention")
    let first = try explainer.explain(
      Self.request("bart", answer) {
        $0.layer = 1
        $0.head = 2
      }
    ) { _ in }
    // Three layers of the decoder with two heads each, whatever the encoder has.
    let map = try #require(first.map)
    #expect(map.names.count == 6 && first.scores == map.scores[1])
    #expect(throws: ExplainerError.badOption(name: "layer", value: "4", allowed: "1 to 3")) {
      try explainer.explain(Self.request("bart", answer) { $0.layer = 4 }) { _ in }
    }
  }
}
