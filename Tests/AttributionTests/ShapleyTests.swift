import Attribution
import Classifiers
import Synchronization
import Tensors
import TestSupport
import Testing
import Tokenizers

/// The family of Shapley values beside what all coalitions give.
struct ShapleyTests {
  static let text = "An Apple a day keeps me away"

  static func explain(
    _ name: String, _ text: String = text, classifier: any Classifier = TinyClassifier(),
    target: Target = Target(classIndex: 1), _ choose: (inout ExplainerOptions) -> Void = { _ in }
  ) throws -> TokenAttribution {
    try ExplainerTests.explain(name, text, classifier: classifier, target: target, choose)
  }

  /// By the definition: the mean over all orders of a few units.
  static func definition(_ ids: [Int], players: [Int]) -> [Double] {
    let model = TinyClassifier()
    func value(_ present: Set<Int>) -> Double {
      let row = ids.indices.map { players.contains($0) && !present.contains($0) ? 0 : ids[$0] }
      return Double(model.logits(for: [row])[0, 1])
    }
    var sums = ids.map { _ in 0.0 }
    var orders = 0.0
    func visit(_ left: [Int], _ present: Set<Int>) {
      if left.isEmpty { orders += 1 }
      for player in left {
        visit(left.filter { $0 != player }, present.union([player]))
      }
    }
    visit(players, [])
    func gains(_ left: [Int], _ present: Set<Int>, _ weight: Double) {
      for player in left {
        let share = weight / Double(left.count)
        let with = present.union([player])
        sums[player] += share * (value(with) - value(present))
        gains(left.filter { $0 != player }, with, share)
      }
    }
    gains(players, [], 1)
    return sums
  }

  @Test func `exact values are the mean over all orders`() throws {
    let result = try Self.explain("shapley", "An Apple a")
    let ids = "An Apple a".tiny.ids
    let expected = Self.definition(ids, players: Array(1..<ids.count))
    #expect(largestDifference(result.scores, expected.map { Float($0) }) < 1e-6)
    #expect(result.scores[0] == 0)
    #expect(result.evaluations == 32)
  }

  @Test(arguments: [
    "shapley", "shapley-sampling", "kernel-shap", "partition-shap",
  ]) func `scores add up to the difference from the empty text`(name: String) throws {
    let result = try Self.explain(name)
    let ids = Self.text.tiny.ids
    let logits = TinyClassifier().logits(for: [ids, [2] + ids.dropFirst().map { _ in 0 }])
    #expect(abs(result.scores.reduce(0, +) - (logits[0, 1] - logits[1, 1])) < 1e-5)
    #expect(abs(try #require(result.convergenceDelta)) < 1e-6)
  }

  @Test func `a regression on all coalitions is exact`() throws {
    let exact = try Self.explain("shapley")
    let kernel = try Self.explain("kernel-shap")
    #expect(largestDifference(exact.scores, kernel.scores) < 1e-5)
    #expect(kernel.parameters["exact"] == .flag(true))
    #expect(kernel.standardErrors?.allSatisfy { $0 == 0 } == true)
  }

  @Test(arguments: ["shapley-sampling", "kernel-shap"], [UInt64](0..<5))
  func `sampling is within its errors of the exact values`(name: String, seed: UInt64) throws {
    let exact = try Self.explain("shapley")
    let sampled = try Self.explain(name) {
      $0.seed = seed
      $0.samples = name == "kernel-shap" ? 200 : 40
    }
    let errors = try #require(sampled.standardErrors)
    let distances = exact.scores.indices.filter { errors[$0] > 0 }.map {
      abs(exact.scores[$0] - sampled.scores[$0]) / errors[$0]
    }
    #expect(distances.count == 9)
    #expect(distances.allSatisfy { $0 < 6 }, "\(distances)")
    #expect(distances.count { $0 < 2 } >= 6)
  }

  @Test(arguments: ["shapley", "shapley-sampling", "kernel-shap", "feature-ablation"])
  func `what changes nothing gets nothing`(name: String) throws {
    // `unk` in the text is its own replacement.
    let model = TinyClassifier()
    var encoding = Self.text.tiny
    encoding.pieces[4].id = 0
    let request = ExplanationRequest(
      model: .tiny(model), encoding: encoding, target: Target(classIndex: 1))
    let result = try #require(ExplainerCatalog.explainer(named: name)).explain(request) { _ in }
    #expect(abs(result.scores[4]) < 1e-6)
    #expect(result.scores.count { abs($0) > 1e-6 } > 5)
  }

  @Test(arguments: ["shapley", "kernel-shap", "partition-shap"])
  func `units that do the same get the same`(name: String) throws {
    // The mean over the embeddings of two equal neighbours does not know their order.
    let result = try Self.explain(name, "aa aa", classifier: BagOfTokens())
    #expect(abs(result.scores[1] - result.scores[2]) < 1e-6)
    #expect(result.scores[1] != 0)
  }

  @Test func `equal variants are asked once`() throws {
    let rows = RowCounter()
    let classifier = TinyClassifier(callSize: 64) { rows.add($0) }
    var encoding = Self.text.tiny
    encoding.pieces[4].id = 0
    encoding.pieces[5].id = 0
    let request = ExplanationRequest(
      model: .tiny(PredictionsOnly(classifier)), encoding: encoding,
      target: Target(classIndex: 1))
    let result = try #require(ExplainerCatalog.explainer(named: "shapley")).explain(request) { _ in
    }
    // Two of nine players change nothing: 2^7 different texts.
    #expect(result.evaluations == 128)
    #expect(rows.count == 128)
  }

  @Test func `a text of too many units is refused for exact values`() throws {
    let text = [String](repeating: "a", count: 15).joined(separator: " ")
    #expect(throws: ExplainerError.tooManyUnits(method: "shapley", found: 15, most: 14)) {
      try Self.explain("shapley", text)
    }
    #expect(try Self.explain("shapley", text) { $0.grouping = .occurrences }.scores.count == 16)
  }

  @Test func `larger units share their score among their tokens`() throws {
    let result = try Self.explain("feature-ablation") { $0.grouping = .word }
    let ids = Self.text.tiny.ids
    let logits = TinyClassifier().logits(for: [ids, [2, 0, 0] + ids.dropFirst(3)])
    let loss = logits[0, 1] - logits[1, 1]
    #expect(abs(result.scores[1] + result.scores[2] - loss) < 1e-6)
    #expect(result.scores[1] == result.scores[2])
    #expect(result.evaluations == 8)
    let byUnit = try Self.explain("feature-ablation") { $0.unit = .word }
    #expect(byUnit.scores == result.scores)
    let byToken = try Self.explain("feature-ablation")
    let occlusion = try Self.explain("occlusion")
    #expect(Array(byToken.scores.dropFirst()) == Array(occlusion.scores.dropFirst()))
    #expect(byToken.scores[0] == 0)
  }

  @Test func `a window is credited to each of its words and averaged`() throws {
    let result = try Self.explain("occlusion", "a bb ccc") { $0.window = 2 }
    let logits = TinyClassifier().logits(
      for: [[2, 4, 5, 6], [2, 0, 0, 6], [2, 4, 0, 0]])
    let first = logits[0, 1] - logits[1, 1]
    let second = logits[0, 1] - logits[2, 1]
    #expect(
      largestDifference(result.scores, [0, first, (first + second) / 2, second]) < 1e-6)
  }

  @Test(arguments: [ExplainerOptions.Surrogate.lime, .captum])
  func `LIME finds the line of a model that is one`(
    surrogate: ExplainerOptions.Surrogate
  ) throws {
    let result = try Self.explain("lime", "a bb ccc dddd", classifier: BagOfTokens()) {
      $0.surrogate = surrogate
      $0.samples = 2000
    }
    let exact = try Self.explain("shapley", "a bb ccc dddd", classifier: BagOfTokens())
    guard case .number(let fit) = result.parameters["r_squared"] else {
      Issue.record("no fit")
      return
    }
    // A ridge of 1 and a lasso of 0.01 shrink the slopes, and nothing else is in the way.
    #expect(fit > (surrogate == .lime ? 0.999 : 0.95))
    let errors = try #require(result.standardErrors)
    for token in 1..<5 {
      #expect(abs(result.scores[token]) <= abs(exact.scores[token]) + 1e-5)
      #expect(abs(result.scores[token] - exact.scores[token]) < 0.06)
      #expect(errors[token] < 0.05)
    }
  }

  @Test func `LIME may be asked for a few features only`() throws {
    for features in [1, 3, 7] {
      let result = try Self.explain("lime") {
        $0.features = features
        $0.samples = 300
      }
      #expect(result.scores.count { $0 != 0 } == features)
    }
  }

  @Test func `units are words, phrases, sentences and places of a word`() throws {
    let encoding = "An ox , the ox . The end".tiny
    func units(_ grouping: ExplainerOptions.Grouping) throws -> Int {
      var options = ExplainerOptions()
      options.grouping = grouping
      let request = ExplanationRequest(
        model: .tiny(), encoding: encoding, target: Target(classIndex: 1), options: options)
      let result = try FeatureAblation().explain(request) { _ in }
      guard case .whole(let count) = result.parameters["units"] else { return -1 }
      return count
    }
    #expect(try units(.token) == 10)
    #expect(try units(.word) == 8)
    #expect(try units(.phrase) == 3)
    #expect(try units(.sentence) == 2)
    // Tiny words are known by their length: An, ox, ox · comma, stop · the, The, end.
    #expect(try units(.occurrences) == 3)
  }
}

/// A sum over tokens, for which every method of the family has the same answer: a token's own term.
struct BagOfTokens: Classifier {
  let classes = ["a", "b", "c"]
  let link = OutputLink.softmax

  func rowsPerCall(tokens: Int) -> Int { 16 }

  func logits(for batch: [[Token]]) -> Matrix {
    Matrix(
      rows: batch.count, columns: 3,
      elements: batch.flatMap { row -> [Float] in
        var sum: Float = 0
        for token in row { sum += (Float(token.id * 37 % 11) - 4) / 5 }
        return [0, sum, -sum]
      })
  }
}

final class RowCounter: Sendable {
  private let rows = Mutex(0)
  var count: Int { rows.withLock { $0 } }
  func add(_ count: Int) { rows.withLock { $0 += count } }
}
