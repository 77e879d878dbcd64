import Attribution
import Classifiers
import TestSupport
import Testing
import Tokenizers

/// Scores beside those of Captum, fastinference and PyTorch: `parity/attribution`.
struct ParityTests {
  @Test(arguments: ["uni", "bi", "window", "export", "sentiment"])
  func `scores are the peers'`(name: String) throws {
    let peer = try Peer(name)
    let model = try peer.model()
    var worst: [String: Float] = [:]
    for text in peer.cases {
      for theirs in text.explanations {
        let request = text.request(model, options: try theirs.options?.chosen() ?? .init())
        let explainer = try #require(ExplainerCatalog.explainer(named: theirs.method))
        let ours = try explainer.explain(request) { _ in }
        let largest = theirs.scores.map { abs($0) }.max() ?? 0
        let difference =
          largestDifference(ours.scores, theirs.scores) / (largest == 0 ? 1 : largest)
        worst[theirs.method] = max(worst[theirs.method] ?? 0, difference)
        #expect(
          difference < Self.tolerance(theirs.method),
          "\(theirs.method) \(theirs.options as Any) \(text.name) \(largest)")
        try #require(
          abs(ours.targetValue - text.value) <= 1e-5 * max(1, abs(text.value)),
          "another model: after a change of the embedded one, run generate.py sentiment")
        if let delta = theirs.delta {
          let found = try #require(ours.convergenceDelta)
          #expect(abs(found - delta) <= 1e-5 * max(1, largest))
        }
        if let maximum = theirs.maximum {
          let found = try #require(ours.parameters["maximum"]?.number)
          #expect(abs(found / maximum - 1) < Self.tolerance(theirs.method))
        }
      }
    }
    print("largest difference by method, of the text's largest score:", worst)
    #expect(worst.count == 6)
  }

  /// Each method that applies to a classifier, with it.
  static let applicable: [(method: String, name: String)] = ["uni", "bi", "window"].flatMap {
    name in
    guard let classifier = try? Peer(name).model().classifier else { return [(name, "unreadable")] }
    return ExplainerCatalog.explainers.map(\.card)
      .filter { $0.reasonNotApplicable(to: classifier) == nil }.map { ($0.name, name) }
  }

  @Test(arguments: applicable)
  func `a real classifier's shortest texts are explained`(method: String, name: String) throws {
    let model = try Peer(name).model()
    let explainer = try #require(ExplainerCatalog.explainer(named: method))
    for replacement in [ExplainerOptions.Replacement.unk, .delete] {
      for count in 0...2 {
        var options = ExplainerOptions()
        options.replacement = replacement
        let pieces = (0..<count).map {
          Piece(text: "\($0)", id: 2 + $0, utf8Range: 0..<0, isFrame: $0 == 0)
        }
        let result = try explainer.explain(
          ExplanationRequest(
            model: model, encoding: Encoding(text: "", pieces: pieces),
            target: Target(classIndex: 1), options: options)
        ) { _ in }
        #expect(result.scores.count == count)
        #expect(result.scores.allSatisfy { $0.isFinite })
      }
    }
  }

  /// A thousandth is promised. A gradient in single precision is good to a hundred thousandth;
  /// occlusion subtracts two logits that are each rounded, so small scores lose a digit.
  static func tolerance(_ method: String) -> Float {
    method == "occlusion" ? 3e-4 : 1e-5
  }
}
