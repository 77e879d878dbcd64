import Attribution
import Classifiers
import Tensors
import TestSupport
import Testing
import Tokenizers

struct HeatLevelTests {
  @Test(arguments: [
    (0.0, 0), (0.05, 0), (0.099, 0), (0.11, 1), (-0.31, -2), (0.9, 5), (1, 5), (7, 5), (-7, -5),
  ])
  func `a level is a fifth of the scale`(score: Double, level: Int) {
    #expect(HeatLevel.level(of: Float(score), scale: 1) == level)
    #expect(HeatLevel.level(of: Float(score) * 30, scale: 30) == level)
  }

  @Test func `no number has no paint, and no scale neither`() {
    for score in [Float.nan, .infinity, -.infinity, 1] {
      for scale in [Float.nan, 0, -1] {
        #expect(HeatLevel.level(of: score, scale: scale) == 0)
      }
    }
    let hostile = TokenAttribution(
      scores: [.nan, 1, -.infinity, -0.5], targetValue: 0, evaluations: 1)
    #expect(hostile.largestMagnitude == 1)
    #expect(hostile.levels() == [0, 5, 0, -3])
  }

  @Test func `tokens rank by size, equal ones in the order of the text`() {
    let scores: [Float] = [1, .nan, -3, 2, -1, 3]
    let attribution = TokenAttribution(scores: scores, targetValue: 0, evaluations: 1)
    #expect(attribution.ranking() == [2, 5, 3, 0, 4, 1])
  }
}

struct RemovalTests {
  @Test func `a removal is what the model says of the shorter text`() throws {
    let classifier = TinyClassifier(callSize: 2)
    let encoding = "An Apple a day".tiny
    let ids = encoding.ids
    let removals = try Model.tiny(classifier).removals(
      of: [[2], [6, 0, 6], [], [99, -1]], from: encoding)
    let rows = [
      Array(ids[..<2] + ids[3...]), Array(ids[1..<6]), ids, ids,
    ]
    #expect(removals.map(\.removed) == [[2], [0, 6], [], []])
    for (removal, row) in zip(removals, rows) {
      let logits = classifier.logits(for: [row])[row: 0]
      #expect(removal.logits == logits)
      #expect(removal.probabilities == probabilities(logits, link: .softmax))
    }
  }

  @Test func `each token is removed in its turn`() throws {
    let encoding = "An Apple a day".tiny
    let removals = try Model.tiny().removals(
      of: encoding.pieces.indices.map { [$0] }, from: encoding)
    #expect(removals.map(\.removed) == encoding.pieces.indices.map { [$0] })
    let empty = Encoding(text: "", pieces: [])
    #expect(try Model.tiny().removals(of: [], from: empty).isEmpty)
  }
}
