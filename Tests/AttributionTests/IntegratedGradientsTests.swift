import Attribution
import Classifiers
import Foundation
import Synchronization
import TestSupport
import Testing
import Tokenizers

struct IntegratedGradientsTests {
  static let text = "the movie was Not bad at all , really"

  static func explain(
    steps: Int? = nil, baseline: ExplainerOptions.Baseline? = nil,
    quantity: Target.Quantity = .logit,
    scale: Float = 1, refined: (TokenAttribution) throws -> Void = { _ in }
  ) throws -> TokenAttribution {
    var options = ExplainerOptions()
    options.steps = steps
    options.baseline = baseline
    let request = ExplanationRequest(
      model: .tiny(TinyClassifier().scalingHead(by: scale)), encoding: text.tiny,
      target: Target(classIndex: 2, quantity: quantity), options: options)
    return try IntegratedGradients().explain(request, refined: refined)
  }

  @Test(
    arguments: ExplainerOptions.Baseline.allCases.filter { $0 != .mask }, Target.Quantity.allCases)
  func `adaptive scores add up to the difference from the baseline`(
    baseline: ExplainerOptions.Baseline, quantity: Target.Quantity
  ) throws {
    let result = try Self.explain(baseline: baseline, quantity: quantity)
    let delta = try #require(result.convergenceDelta)
    let difference = result.scores.reduce(0, +) - delta
    #expect(abs(delta) <= 0.01 * abs(difference))
    #expect(result.parameters["baseline"] == .text(baseline.rawValue))
    #expect(result.parameters["steps"] == .whole(result.evaluations))
  }

  @Test func `rounded factors widen the bound only where the values hardly differ`() {
    func bound(_ end: Double, isRounded: Bool) -> Double {
      IntegratedGradients.bound(of: [0.5, end - 1.5], start: 1, end: end, isRounded: isRounded)
    }
    for isRounded in [false, true] { #expect(bound(3, isRounded: isRounded) == 0.02) }
    // Of one number of about 1 at both ends and scores that cancel, 24 bits or 8 are known.
    #expect(abs(bound(1, isRounded: false) - 1.2e-5) < 1e-12)
    #expect(abs(bound(1, isRounded: true) - 8e-3) < 1e-12)
  }

  @Test func `fixed steps are Captum's rule and cost that many gradients`() throws {
    let result = try Self.explain(steps: 50)
    #expect(result.evaluations == 50)
    #expect(result.parameters == ["baseline": .text("zero"), "steps": .whole(50)])
    // The tiny model is smooth: fifty Gauss points are exact but for the rounding of Floats.
    #expect(abs(try #require(result.convergenceDelta)) < 1e-5)
  }

  @Test func `every refinement takes more points and reuses those it has`() throws {
    var points: [Int] = []
    var rows = 0
    let passes = RowCount()
    var options = ExplainerOptions()
    options.baseline = .zero
    // Steep enough that the rule needs several steps.
    let classifier = TinyClassifier(callSize: 64) { passes.add($0) }.scalingHead(by: 40)
    let request = ExplanationRequest(
      model: .tiny(classifier), encoding: Self.text.tiny,
      target: Target(classIndex: 2, quantity: .probability), options: options)
    let last = try IntegratedGradients().explain(request) {
      if points.isEmpty { rows = passes.rows }
      points.append($0.evaluations)
    }
    points.append(last.evaluations)
    #expect(rows == 3)
    #expect(points.count > 2 && points.prefix(2) == [3, 5])
    #expect(zip(points, points.dropFirst()).allSatisfy { $0 < $1 })
    #expect(passes.rows == last.evaluations)
    #expect(last.evaluations <= IntegratedGradients.mostPoints)
  }

  @Test(arguments: [Float(1), 10, 40, 200])
  func `its scores come near those of many points`(scale: Float) throws {
    let found = try Self.explain(quantity: .probability, scale: scale)
    let expected = try Self.explain(steps: 2000, quantity: .probability, scale: scale)
    let largest = expected.scores.map(\.magnitude).max() ?? 0
    #expect(largest > 0)
    #expect(zip(found.scores, expected.scores).allSatisfy { abs($0 - $1) < 0.02 * largest })
  }

  @Test(arguments: [Float(1), 10, 40])
  func `a single piece of the path must add up twice, several once`(scale: Float) throws {
    var results: [TokenAttribution] = []
    results.append(try Self.explain(quantity: .probability, scale: scale) { results.append($0) })
    let last = try #require(results.last)
    let bound =
      0.01 * abs(last.scores.reduce(0, +) - (try #require(last.convergenceDelta)))
    #expect(results.count >= 2)
    #expect(abs(try #require(last.convergenceDelta)) <= bound)
    let repeated = results.suffix(last.evaluations <= 5 ? 2 : 1)
    #expect(repeated.allSatisfy { abs($0.convergenceDelta ?? .nan) <= bound })
  }

  /// Norms by the root mean square have a slope of 1,000 at zero vectors, and several multiply.
  @Test(arguments: ["gemma", "deberta-v3"])
  func `a slope that holds at zero vectors alone counts for nothing`(name: String) throws {
    let found = try Self.fromZero(IntegratedGradients(), of: name)
    let expected = try Self.fromZero(IntegratedGradients(), of: name, steps: 400)
    let largest = expected.scores.map(\.magnitude).max() ?? 0
    #expect(largest > 0.5)
    #expect(zip(found.scores, expected.scores).allSatisfy { abs($0 - $1) < 1.5 * largest })
  }

  @Test func `so it does in conductance, in every layer`() throws {
    let found = try Self.fromZero(LayerConductance(), of: "gemma")
    let layers = try #require(found.map?.scores)
    #expect(layers.count == 2)
    for scores in layers { #expect(abs(scores.reduce(0, +)) < 50) }
  }

  static func fromZero(
    _ explainer: some Explainer, of name: String, steps: Int? = nil
  ) throws -> TokenAttribution {
    let model = try ModelOpener(embedded: []).open(fixture("parity/transformers/\(name)").path)
    var options = ExplainerOptions()
    options.baseline = .zero
    options.steps = steps
    let request = ExplanationRequest(
      model: model, encoding: model.tokenizer.encode("a film of words"),
      target: Target(classIndex: 0), options: options)
    return try explainer.explain(request) { _ in }
  }

  @Test func `a model that sees nothing is done at once`() throws {
    let result = try Self.explain(scale: 0)
    #expect(result.evaluations == 5)
    #expect(result.scores.allSatisfy { $0 == 0 })
  }

  @Test func `frame tokens stay themselves in a baseline of tokens`() throws {
    let result = try Self.explain(baseline: .unk)
    #expect(result.scores[0] == 0)
    #expect(result.scores[1] != 0)
    // A special token inside the text is no frame.
    #expect(Self.text.tiny.pieces[4].isSpecial)
    #expect(result.scores[4] != 0)
  }

  @Test func `a baseline of a token that the model lacks is refused`() {
    #expect(throws: ExplainerError.noToken(role: "mask")) { try Self.explain(baseline: .mask) }
  }

  @Test(arguments: [0, -1, 10_001, Int.max])
  func `a number of steps that makes no rule is refused`(steps: Int) {
    #expect(
      throws: ExplainerError.badOption(
        name: "steps", value: String(steps), allowed: "1 to 10000")
    ) { try Self.explain(steps: steps) }
  }
}

/// How many rows went through a model.
final class RowCount: Sendable {
  private let count = Mutex(0)
  var rows: Int { count.withLock { $0 } }
  func add(_ rows: Int) { count.withLock { $0 += rows } }
}
