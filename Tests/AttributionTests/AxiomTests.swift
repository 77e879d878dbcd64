import Attribution
import Classifiers
import TestSupport
import Testing
import Tokenizers

/// The axioms that explanations are judged by, for every method that claims them.
struct AxiomTests {
  static let signed = Catalog.explainers.map(\.card).filter { $0.isSigned && $0.name != "random" }
    .map(\.name)
  /// LIME's regression is drawn and shrunk, so it holds the first two within its errors only.
  static let exact = signed.filter { $0 != "lime" }
  static let text = "the day of the Day"

  static func scores(
    _ name: String, of target: Target, by classifier: TinyClassifier
  ) throws -> [Float] {
    var options = ExplainerOptions()
    options.baseline = .zero
    options.replacement = .unk
    options.steps = name == "integrated-gradients" || name == "layer-conductance" ? 16 : nil
    let request = ExplainerLawTests.request(
      text, model: .tiny(classifier), target: target, options: options)
    return try ExplainerLawTests.explainer(name).explain(request) { _ in }.scores
  }

  @Test(arguments: exact)
  func `a token that changes nothing gets nothing`(name: String) throws {
    // The mark before the capital is a zero vector, as is what would replace it.
    let classifier = TinyClassifier().summing().blanking(token: 3)
    let scores = try Self.scores(name, of: Target(classIndex: 1), by: classifier)
    #expect(abs(scores[5]) < 1e-6)
    #expect(abs(scores[2]) > 1e-3)
  }

  @Test(arguments: exact)
  func `tokens that do the same get the same`(name: String) throws {
    let classifier = TinyClassifier().summing()
    let scores = try Self.scores(name, of: Target(classIndex: 1), by: classifier)
    #expect(abs(scores[1] - scores[4]) < 1e-5)
    #expect(abs(scores[2] - scores[6]) < 1e-5)
  }

  @Test(arguments: signed)
  func `the scores of a difference are the difference of the scores`(name: String) throws {
    let classifier = TinyClassifier()
    let difference = try Self.scores(
      name, of: Target(classIndex: 2, versus: 0), by: classifier)
    let (one, other) = (
      try Self.scores(name, of: Target(classIndex: 2), by: classifier),
      try Self.scores(name, of: Target(classIndex: 0), by: classifier)
    )
    for token in difference.indices {
      #expect(abs(difference[token] - (one[token] - other[token])) < 2e-5, "token \(token)")
    }
    #expect(difference.contains { abs($0) > 1e-3 })
  }

  @Test(arguments: ["deeplift", "shapley", "shapley-sampling", "kernel-shap", "partition-shap"])
  func `in a sum over tokens all that adds up is what each token adds`(name: String) throws {
    let classifier = TinyClassifier().summing()
    let scores = try Self.scores(name, of: Target(classIndex: 1), by: classifier)
    let effects = try Self.scores("occlusion", of: Target(classIndex: 1), by: classifier)
    // The frame token plays no part in coalitions.
    for token in scores.indices.dropFirst() {
      #expect(abs(scores[token] - effects[token]) < 1e-5)
    }
  }
}
