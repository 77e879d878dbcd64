import Attribution
import Classifiers
import TestSupport
import Testing

/// Every method that a transformer has, beside Captum and the papers' formulas on transformers' own
/// models: `parity/attribution-transformers`.
struct TransformerRuleParityTests {
  /// Those with scores that are drawn at random and with coalitions.
  static let whole = ["bert", "roberta", "deberta-v3"]
  static let names =
    whole + [
      "albert", "bert-multi-label", "bert-regression", "bert-silu", "camembert", "deberta-c2p",
      "deberta-plain", "deberta-v2-convolution", "deberta-v3-512", "distilbert", "electra",
      "electra-one-width", "eurobert", "gemma2", "gemma3", "gpt-neox", "gpt2", "llama",
      "longformer",
      "mistral", "modernbert", "modernbert-mean", "mpnet", "phi3", "qwen3", "smollm3",
      "xlm-roberta",
    ]

  @Test(arguments: names)
  func `scores are the peers'`(name: String) throws {
    let peer = try Peer.transformer(name)
    let model = try peer.model()
    var worst: [String: Float] = [:]
    let isSteep = Self.normalisesFirst.contains(name)
    func note(_ ours: [Float], _ theirs: [Float], _ method: String) {
      // Scores that are nothing but rounding are compared with what a logit is rounded to.
      let largest = max(theirs.map { abs($0) }.max() ?? 0, 1e-2)
      worst[method] = max(worst[method] ?? 0, largestDifference(ours, theirs) / largest)
    }
    for text in peer.cases {
      for theirs in text.explanations where !RuleParityTests.isRandom(theirs.method) {
        let request = text.request(
          model, options: try theirs.options?.chosen() ?? .init(),
          isByToken: theirs.byToken ?? false)
        let ours = try #require(ExplainerCatalog.explainer(named: theirs.method)).explain(request) {
          _ in
        }
        let baseline = theirs.options?.baseline.map { " from \($0)" } ?? ""
        note(ours.scores, theirs.scores, theirs.method + baseline)
        #expect(abs(ours.targetValue - text.value) <= 1e-5 * max(1, abs(text.value)))
        if let map = theirs.map {
          let found = try #require(ours.map).scores
          #expect(found.count == map.count)
          for (a, b) in zip(found, map) { note(a, b, theirs.method + " map") }
        }
        if let delta = theirs.delta, theirs.method != "integrated-gradients" || !isSteep {
          let largest = theirs.scores.map { abs($0) }.max() ?? 0
          #expect(
            abs(try #require(ours.convergenceDelta) - delta) <= 2e-5 * max(1, largest),
            "\(theirs.method) \(text.name)")
        }
      }
    }
    print("largest difference by method, of the text's largest score:", name, worst)
    #expect(worst.allSatisfy { $0.value < Self.tolerance($0.key, isSteep: isSteep) }, "\(worst)")
    #expect(worst.count >= 14)
  }

  /// What is normalised here are the words' embeddings alone, without positions: a longer vector
  /// is the same input, so input x gradient is nothing but rounding, and a path from zero is a step
  /// at its beginning, where a gradient is as large as one over the root of epsilon.
  private static let normalisesFirst = [
    "deberta-v3", "deberta-v3-512", "modernbert", "modernbert-mean", "eurobert", "gemma2", "gemma3",
    "gpt-neox", "llama", "mistral", "phi3", "qwen3", "smollm3",
  ]

  /// Occlusion subtracts two rounded logits, value zeroing a cosine from 1.
  private static func tolerance(_ method: String, isSteep: Bool) -> Float {
    if isSteep, method.hasSuffix("from zero"), !method.hasPrefix("deeplift") { return 1e-2 }
    if isSteep, method == "layer-conductance map" { return 1e-2 }
    return method.hasPrefix("occlusion") || method.hasPrefix("value-zeroing") ? 3e-4 : 1e-4
  }
}
