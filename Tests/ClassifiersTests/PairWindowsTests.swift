import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// Two texts that are read in windows, beside the windows of transformers;
/// `Tests/Fixtures/parity/pair-windows/generate.py` asked it.
struct PairWindowsTests {
  struct Window: Decodable {
    var ids: [Int]
    var logits: [Float]
  }

  struct Answer: Decodable {
    var size: Int
    var first: String
    var second: String
    var windows: [Window]

    /// Which text is cut.
    var part: Int { first.utf8.count > second.utf8.count ? 0 : 1 }
  }

  static let names = ["bert", "roberta", "distilbert", "deberta-v3"]

  static func answers(_ name: String) throws -> [Answer] {
    let data = try Data(contentsOf: fixture("parity/pair-windows/windows.json"))
    return try #require(JSONDecoder().decode([String: [Answer]].self, from: data)[name])
  }

  static func open(
    _ name: String, size: Int?, pooling: WindowReading.Pooling = .mean
  ) throws -> Model {
    var options = OpeningOptions()
    options.reading.windows = WindowReading(tokens: size, pooling: pooling)
    return try ModelOpener(embedded: []).open(fixture("parity/pairs/\(name)").path, with: options)
  }

  @Test(arguments: names)
  func `the longer text is cut into the windows of transformers`(name: String) throws {
    let answers = try Self.answers(name)
    #expect(answers.count >= 2 && Set(answers.map(\.part)) == [0, 1])
    for answer in answers {
      let model = try Self.open(name, size: answer.size)
      let encoding = model.tokenizer.encode(answer.first, pair: answer.second)
      #expect(encoding.truncation == nil)
      let windows = try #require(model.windows(of: encoding))
      #expect(windows.part == answer.part && windows.size == answer.size)
      let own = encoding.pieces.indices.filter {
        encoding.pieces[$0].part == answer.part && !encoding.pieces[$0].isFrame
      }
      let (first, last) = (try #require(own.first), try #require(own.last))
      let ids = encoding.ids
      let found = windows.tokens.map { ids[..<first] + ids[$0] + ids[(last + 1)...] }
      #expect(found.map { Array($0) } == answer.windows.map(\.ids))
      let text = answer.part == 0 ? answer.first : answer.second
      #expect(windows.utf8Ranges.first?.lowerBound == 0)
      #expect(windows.utf8Ranges.last?.upperBound == text.utf8.count)
    }
  }

  @Test(arguments: names, WindowReading.Pooling.allCases)
  func `a pair's logits are pooled from those of transformers for each window`(
    name: String, pooling: WindowReading.Pooling
  ) throws {
    for answer in try Self.answers(name) {
      let model = try Self.open(name, size: answer.size, pooling: pooling)
      let expected = pooling.pooled(answer.windows.map(\.logits))
      let found = try model.predict(answer.first, pair: answer.second)
      #expect(largestDifference(found.logits, expected) < 1e-4)
    }
  }

  @Test(arguments: names) func `gradients reach every token of both texts`(name: String) throws {
    let answer = try Self.answers(name)[0]
    let model = try Self.open(name, size: answer.size)
    let classifier = try #require(model.classifier.differentiable)
    let tokens = model.tokenizer.encode(answer.first, pair: answer.second).tokens
    let embeddings = try classifier.embeddings(for: [tokens])
    let target = Target(classIndex: 1)
    let gradient = try classifier.gradient(of: [target], at: embeddings).gradient
    for token in tokens.indices {
      #expect(gradient.values[gradient.range(row: 0, token: token)].contains { $0 != 0 })
    }
    for token in [0, 3, tokens.count / 2, tokens.count - 1] {
      let place = embeddings.range(row: 0, token: token).lowerBound + 5
      func value(_ step: Float) throws -> Float {
        var moved = embeddings
        moved.values[place] += step
        return target.value(
          logits: try classifier.logits(from: moved)[row: 0], link: classifier.link)
      }
      let slope = try (value(0.004) - value(-0.004)) / 0.008
      // A difference of single precision over a step of this length.
      #expect(abs(gradient.values[place] - slope) < 2e-3 * max(1, abs(slope)), "\(token)")
    }
  }

  @Test func `of two long texts the shorter one is cut to half of the room`() throws {
    let model = try Self.open("bert", size: 20)
    // A token each.
    let (first, second) = (
      String(repeating: "film ", count: 15), String(repeating: "bad ", count: 40)
    )
    let encoding = model.tokenizer.encode(first, pair: second)
    func own(_ part: Int) -> Int {
      encoding.pieces.count { $0.part == part && !$0.isFrame }
    }
    let all = model.tokenizer.encode(first).pieces.count { !$0.isFrame }
    // Around two texts stand three tokens.
    #expect(all > 8 && own(0) == 8)
    #expect(encoding.unseen(in: 0) != nil && encoding.unseen(in: 1) == nil)
    let windows = try #require(model.windows(of: encoding))
    #expect(windows.part == 1 && windows.tokens[0].count == 9)
    #expect(windows.tokens.last?.upperBound == encoding.pieces.count - 1)
    #expect(try model.predict(first, pair: second).logits.allSatisfy(\.isFinite))
  }

  @Test func `a pair that the model takes whole is read as by the model`() throws {
    let base = try ModelOpener(embedded: []).open(fixture("parity/pairs/bert").path)
    let model = try Self.open("bert", size: nil)
    for (first, second) in [("How is the film?", "It is bad."), ("", "bad"), ("bad", "")] {
      let (expected, found) = (
        try base.predict(first, pair: second), try model.predict(first, pair: second)
      )
      #expect(found == expected && model.windows(of: found.encoding) == nil)
    }
    // An empty second text is none: one text of any length.
    let long = String(repeating: "film ", count: 60)
    let found = try model.predict(long, pair: "")
    #expect(found.encoding.truncation == nil)
    #expect(try model.predict(long).logits == found.logits)
  }
}
