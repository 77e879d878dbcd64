import Attribution
import Classifiers
import Tensors
import TestSupport
import Testing
import Tokenizers

// All that a new explainer with an option of its own is: this type, and its line in the catalogue.

/// Every token the same share of the score, in as many steps as one likes.
private struct EqualShares: Explainer {
  static let depth = ExplainerSetting(
    "depth", .whole(1...9), summary: "equal shares: how deep",
    help: "For equal-shares: how deep, from 1; 3 if not given.")

  let card = MethodCard(
    name: "equal-shares", title: "equal shares", shortTitle: "ES", summary: "Shares the score.",
    source: "a test", cost: "1 prediction", caveats: "It knows nothing.", isSigned: true,
    requirement: .predictions, options: [depth])

  func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let tokens = request.encoding.tokens
    let logits = try request.model.classifier.logits(for: [tokens])[row: 0]
    let value = request.target.value(logits: logits, link: request.model.classifier.link)
    let depth = request.options[whole: Self.depth] ?? 3
    return TokenAttribution(
      scores: tokens.map { _ in value / Float(tokens.count * depth) }, targetValue: value,
      evaluations: 1, parameters: ["depth": .whole(depth)])
  }
}

struct NewExplainerTests {
  private static let explainer = EqualShares()
  private static let settings = ExplainerSetting.all(
    of: ExplainerCatalog.explainers.map(\.card) + [explainer.card, explainer.card])

  @Test func `its option is among those that can be set, once, behind what is shared`() {
    #expect(Self.settings.count == ExplainerCatalog.settings.count + 1)
    #expect(Self.settings.prefix(ExplainerSetting.shared.count) == ExplainerSetting.shared[...])
    #expect(Self.settings.last == EqualShares.depth)
    #expect(EqualShares.depth.allowed == "a whole number from 1 to 9")
  }

  @Test func `its option is set, shown, read, and tells what was used`() throws {
    var options = ExplainerOptions()
    options.samples = 7
    try EqualShares.depth.set("5", in: &options)
    #expect(options.settings.map { "\($0.setting.name) \($0.value)" } == ["samples 7", "depth 5"])
    let request = ExplanationRequest(
      model: .tiny(), encoding: "a day".tiny, target: Target(classIndex: 0), options: options)
    let result = try Self.explainer.explanation(of: request)
    #expect(result.parameters == ["depth": .whole(5)])
    #expect(abs(result.scores.reduce(0, +) * 5 - result.targetValue) < 1e-5)
    try EqualShares.depth.set(nil, in: &options)
    #expect(EqualShares.depth.value(in: options) == nil)
    #expect(options.settings.map(\.setting) == [.samples])
  }

  @Test(arguments: ["0", "10", "x", "", "3.5"])
  func `what its option can't be is refused with what it can`(value: String) {
    var options = ExplainerOptions()
    #expect(
      throws: ExplainerError.badOption(
        name: "depth", value: value, allowed: "a whole number from 1 to 9")
    ) { try EqualShares.depth.set(value, in: &options) }
    #expect(options == ExplainerOptions())
  }
}
