import Attribution
import Classifiers
import Tensors
import TestSupport
import Testing
import Tokenizers

/// The arithmetic over attention maps, on maps made up for it.
struct AttentionTests {
  /// Two layers of two heads over three tokens.
  struct MadeUp: InspectableClassifier, IntervenableClassifier {
    var traits: ClassifierTraits {
      ClassifierTraits([.predictions, .gradients, .attention, .valueZeroing])
    }
    let classes = ["a", "b"]
    let link = OutputLink.softmax
    var maps: [Float] = [
      0.2, 0.5, 0.3, 0.1, 0.8, 0.1, 0.3, 0.3, 0.4,
      0.6, 0.2, 0.2, 0.3, 0.4, 0.3, 0.5, 0.25, 0.25,
      0.1, 0.1, 0.8, 0.2, 0.2, 0.6, 0.7, 0.2, 0.1,
      0.4, 0.4, 0.2, 0.1, 0.2, 0.7, 0.3, 0.1, 0.6,
    ]

    func rowsPerCall(tokens: Int) -> Int { 8 }
    func embeddings(for batch: [[Token]]) -> TokenVectors {
      TokenVectors(lengths: batch.map(\.count), width: 1)
    }
    func logits(for batch: [[Token]]) -> Matrix { Matrix(zeros: batch.count, 2) }
    func logits(from embeddings: TokenVectors) -> Matrix { Matrix(zeros: embeddings.batch, 2) }
    func backward(
      _ rule: PropagationRule, of targets: [Target], at embeddings: TokenVectors
    ) -> ScoreGradient {
      ScoreGradient(
        logits: Matrix(zeros: targets.count, 2), scores: targets.map { _ in 0 },
        gradient: embeddings)
    }
    func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) -> Matrix {
      Matrix(zeros: batch.count, 2)
    }
    func attentionMaps(of target: Target, at embeddings: TokenVectors) -> AttentionMaps {
      AttentionMaps(
        layers: 2, heads: 2, tokens: 3, logits: [0, 0], score: 0, maps: maps,
        gradient: maps.indices.map { $0 % 3 == 1 ? -1 : 2 })
    }
    func valueZeroing(for text: [Token]) -> [Float] { maps.prefix(18).map { $0 * 2 } }
  }

  static func explain(
    _ name: String, _ choose: (inout ExplainerOptions) -> Void = { _ in }
  ) throws -> TokenAttribution {
    var options = ExplainerOptions()
    choose(&options)
    let request = ExplanationRequest(
      model: .tiny(MadeUp()), encoding: "a bb".tiny, target: Target(classIndex: 1),
      options: options)
    return try #require(ExplainerCatalog.explainer(named: name)).explain(request) { _ in }
  }

  @Test func `attention is the first token's row in the last layer`() throws {
    let result = try Self.explain("attention")
    #expect(largestDifference(result.scores, [0.25, 0.25, 0.5]) < 1e-6)
    #expect(result.parameters == ["layer": .whole(2)])
    #expect(
      result.map?.names == ["layer 1 head 1", "layer 1 head 2", "layer 2 head 1", "layer 2 head 2"])
    let chosen = try Self.explain("attention") {
      $0.layer = 1
      $0.head = 2
    }
    #expect(chosen.scores == [0.6, 0.2, 0.2])
    #expect(throws: ExplainerError.badOption(name: "layer", value: "3", allowed: "1 to 2")) {
      try Self.explain("attention") { $0.layer = 3 }
    }
    #expect(throws: ExplainerError.badOption(name: "head", value: "0", allowed: "1 to 2")) {
      try Self.explain("attention") { $0.head = 0 }
    }
  }

  @Test func `rollout multiplies layers that keep half of each token`() throws {
    // Layer 1's mean: [.4 .35 .25 | .2 .6 .2 | .4 .275 .325], layer 2's first row [.25 .25 .5].
    let row: [Double] = [0.625, 0.125, 0.25]
    let first: [[Double]] = [[0.7, 0.175, 0.125], [0.1, 0.8, 0.1], [0.2, 0.1375, 0.6625]]
    let expected = (0..<3).map { column in
      Float((0..<3).reduce(0) { $0 + row[$1] * first[$1][column] })
    }
    let result = try Self.explain("attention-rollout")
    #expect(largestDifference(result.scores, expected) < 1e-6)
    #expect(abs(result.scores.reduce(0, +) - 1) < 1e-6)
  }

  @Test func `relevance counts the positive part of gradient times attention`() throws {
    // Columns 0 and 2 count twice, column 1 not at all: its gradient is negative.
    let row: [Double] = [1.5, 0, 1]
    let first: [[Double]] = [[1.8, 0, 0.5], [0.4, 1, 0.4], [0.8, 0, 1.65]]
    let expected = (0..<3).map { column in
      Float((0..<3).reduce(0) { $0 + row[$1] * first[$1][column] })
    }
    #expect(largestDifference(try Self.explain("attention-relevance").scores, expected) < 1e-6)
  }

  @Test func `value zeroing is shares of the first token's turn`() throws {
    #expect(largestDifference(try Self.explain("value-zeroing").scores, [0.6, 0.2, 0.2]) < 1e-6)
    let first = try Self.explain("value-zeroing") { $0.layer = 1 }
    #expect(largestDifference(first.scores, [0.2, 0.5, 0.3]) < 1e-6)
    #expect(first.map?.names == ["layer 1", "layer 2"])
  }
}
