import Attribution
import Classifiers
import TestSupport
import Testing

/// Scores that need rules for the inside of an LSTM, beside references written with PyTorch's
/// gradients and Captum: `parity/attribution-rules`.
struct RuleParityTests {
  static let folder = "parity/attribution-rules"

  @Test(arguments: ["uni", "bi", "window", "export", "sentiment"])
  func `rules give what the references give`(name: String) throws {
    let peer = try Peer(name, cases: Self.folder)
    let model = try peer.model()
    var worst: [String: Float] = [:]
    for text in peer.cases {
      for theirs in text.explanations where !Self.isRandom(theirs.method) {
        let request = text.request(model, options: try theirs.options?.chosen() ?? .init())
        if theirs.method == "phrase" {
          let share = try ContextualDecomposition().shares(of: [[1, 2, 4]], for: request)
          note(Self.relative([Float(share[0])], theirs.scores), "phrase", in: &worst)
          continue
        }
        let ours = try #require(ExplainerCatalog.explainer(named: theirs.method)).explain(request) {
          _ in
        }
        note(Self.relative(ours.scores, theirs.scores), theirs.method, in: &worst)
        if let map = theirs.map {
          for (a, b) in zip(try #require(ours.map).scores, map) {
            note(Self.relative(a, b), theirs.method + " map", in: &worst)
          }
        }
        if let delta = theirs.delta {
          let largest = theirs.scores.map { abs($0) }.max() ?? 0
          #expect(abs(try #require(ours.convergenceDelta) - delta) <= 2e-5 * max(1, largest))
        }
      }
    }
    print("largest difference by method, of the text's largest score:", name, worst)
    // Single precision over deep stacks of gates and a quotient of small differences.
    #expect(worst.values.allSatisfy { $0 < 1e-4 }, "\(worst)")
    #expect(worst.count == 7)
  }

  @Test(arguments: ["uni", "bi", "export"] + TransformerRuleParityTests.whole)
  func `sampling gets within its own standard errors of what it converges to`(
    name: String
  ) throws {
    let peer =
      TransformerRuleParityTests.whole.contains(name)
      ? try Peer.transformer(name) : try Peer(name, cases: Self.folder)
    let model = try peer.model()
    var distances: [Double] = []
    for text in peer.cases {
      for theirs in text.explanations where Self.isRandom(theirs.method) {
        var options = try theirs.options?.chosen() ?? .init()
        options.samples = 400
        options.seed = 3
        let ours = try #require(ExplainerCatalog.explainer(named: theirs.method))
          .explain(text.request(model, options: options)) { _ in }
        let errors = try #require(ours.standardErrors)
        for token in theirs.scores.indices where errors[token] > 0 {
          // The peer's 20,000 samples leave a seventh of our error, 4,000 on a transformer a third.
          let distance = abs(ours.scores[token] - theirs.scores[token]) / errors[token]
          distances.append(Double(distance))
        }
      }
    }
    let within = Double(distances.count { $0 < 2 }) / Double(distances.count)
    print("within two standard errors:", name, within, "largest:", distances.max() ?? 0)
    #expect(distances.count > 20)
    // Ten groups estimate an error to a quarter of itself, so tails are long (Student's t).
    #expect(within > 0.85)
    #expect(distances.allSatisfy { $0 < 7 })
  }

  static func isRandom(_ method: String) -> Bool {
    ["expected-gradients", "smoothgrad", "smoothgrad-squared", "vargrad"].contains(method)
  }

  static func relative(_ ours: [Float], _ theirs: [Float]) -> Float {
    let largest = theirs.map { abs($0) }.max() ?? 0
    return largestDifference(ours, theirs) / (largest == 0 ? 1 : largest)
  }

  private func note(_ difference: Float, _ method: String, in worst: inout [String: Float]) {
    worst[method] = max(worst[method] ?? 0, difference)
  }
}
