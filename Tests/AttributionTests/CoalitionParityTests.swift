import Attribution
import TestSupport
import Testing

/// Scores of methods that take units away, beside Captum, shap and lime:
/// `parity/attribution-coalitions`, and of transformers `parity/attribution-transformers`.
struct CoalitionParityTests {
  static let names = ["uni", "bi", "export", "sentiment"] + TransformerRuleParityTests.whole

  /// Not partition SHAP: its tree depends on the tokenizer's frame and word pieces, which made-up
  /// words have not. `OddTextParityTests` compares it.
  private static let exact: Set = ["shapley", "kernel-shap", "feature-ablation", "occlusion"]

  private static func peer(_ name: String) throws -> Peer {
    TransformerRuleParityTests.whole.contains(name)
      ? try .transformer(name, coalitions: true)
      : try Peer(name, cases: "parity/attribution-coalitions")
  }

  @Test(arguments: names)
  func `taking units away gives what the peers give`(name: String) throws {
    let peer = try Self.peer(name)
    let model = try peer.model()
    var worst: [String: Float] = [:]
    for text in peer.cases {
      for theirs in text.explanations where Self.exact.contains(theirs.method) {
        let request = text.request(
          model, options: try theirs.options?.chosen() ?? .init(),
          isByToken: theirs.byToken ?? false)
        let ours = try #require(ExplainerCatalog.explainer(named: theirs.method)).explain(request) {
          _ in
        }
        let largest = theirs.scores.map { abs($0) }.max() ?? 1
        let difference = largestDifference(ours.scores, theirs.scores) / largest
        worst[theirs.method] = max(worst[theirs.method] ?? 0, difference)
        #expect(difference < 3e-4, "\(theirs.method) \(text.name)")
      }
    }
    print("largest difference by method, of the text's largest score:", name, worst)
    #expect(Set(worst.keys) == Self.exact)
  }

  @Test(arguments: names)
  func `LIME is within the errors of the peers' larger samples`(name: String) throws {
    let peer = try Self.peer(name)
    let model = try peer.model()
    var distances: [Float] = []
    for text in peer.cases {
      for theirs in text.explanations where theirs.method == "lime" {
        let request = text.request(model, options: try theirs.options?.chosen() ?? .init())
        let ours = try LIME().explain(request) { _ in }
        if theirs.options?.features != nil {
          let chosen = ours.scores.indices.filter { ours.scores[$0] != 0 }
          let same = chosen.filter { theirs.scores[$0] != 0 }
          // Two features of nearly equal use may change places from sample to sample.
          #expect(same.count >= 2)
          continue
        }
        let errors = try #require(ours.standardErrors)
        for token in errors.indices where errors[token] > 0 {
          // The peer has four times as many samples.
          let error = errors[token] * Float(1.25).squareRoot()
          distances.append(abs(ours.scores[token] - theirs.scores[token]) / error)
        }
        if let fit = theirs.fit {
          let found = try #require(ours.parameters["r_squared"]?.number)
          #expect(abs(found - fit) < 0.03)
        }
      }
    }
    let within = Double(distances.count { $0 < 2 }) / Double(distances.count)
    print("LIME within two standard errors:", name, within, "largest:", distances.max() ?? 0)
    #expect(distances.count >= 20)
    #expect(within > 0.8)
    #expect(distances.allSatisfy { $0 < 7 })
  }
}
