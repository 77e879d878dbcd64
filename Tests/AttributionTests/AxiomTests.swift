import Attribution
import Classifiers
import TestSupport
import Testing
import Tokenizers

/// The axioms that explanations are judged by, for every method that claims them.
struct AxiomTests {
  static func names(_ axioms: Axioms) -> [String] {
    ExplainerCatalog.explainers.map(\.card).filter { $0.axioms.isSuperset(of: axioms) }.map(\.name)
  }
  /// Methods that report how far the sum of their scores is from the sum that it should be. LRP's is
  /// right only in a model without biases, as here.
  static let summing = names(.completeness) + ["lrp"]
  static let text = "the day of the Day"

  static func scores(
    _ name: String, of target: Target, by classifier: TinyClassifier, steps: Int? = 16
  ) throws -> [Float] {
    var options = ExplainerOptions()
    options.baseline = .zero
    options.replacement = .unk
    options.steps = steps
    let request = ExplainerLawTests.request(
      text, model: .tiny(classifier), target: target, options: options)
    return try ExplainerLawTests.explainer(name).explain(request) { _ in }.scores
  }

  @Test(arguments: names(.dummy))
  func `a token that changes nothing gets nothing`(name: String) throws {
    // The mark before the capital is a zero vector, as is what would replace it.
    let classifier = TinyClassifier().summing().blanking(token: 3)
    let scores = try Self.scores(name, of: Target(classIndex: 1), by: classifier)
    #expect(abs(scores[5]) < 1e-6)
    #expect(abs(scores[2]) > 1e-3)
  }

  @Test(arguments: names(.symmetry))
  func `tokens that do the same get the same`(name: String) throws {
    let classifier = TinyClassifier().summing()
    let scores = try Self.scores(name, of: Target(classIndex: 1), by: classifier)
    #expect(abs(scores[1] - scores[4]) < 1e-5)
    #expect(abs(scores[2] - scores[6]) < 1e-5)
  }

  @Test(arguments: names(.linearity))
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

  @Test(arguments: summing)
  func `in a sum over tokens all that adds up is what each token adds`(name: String) throws {
    let classifier = TinyClassifier().summing()
    // With fixed steps layer conductance leaves out both ends of the path, as Captum's does.
    let scores = try Self.scores(name, of: Target(classIndex: 1), by: classifier, steps: nil)
    let effects = try Self.scores("occlusion", of: Target(classIndex: 1), by: classifier)
    // The frame token plays no part in coalitions.
    for token in scores.indices.dropFirst() {
      #expect(abs(scores[token] - effects[token]) < 1e-5)
    }
  }
}
