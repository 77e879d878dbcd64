import Attribution
import Classifiers
import FoundationEssentials
import Tensors
import TestSupport
import Testing
import Tokenizers

/// What single methods promise beyond the laws.
struct ExplainerTests {
  static func explain(
    _ name: String, _ text: String = "An Apple a day",
    classifier: any Classifier = TinyClassifier(),
    target: Target = Target(classIndex: 1), _ choose: (inout ExplainerOptions) -> Void = { _ in }
  ) throws -> TokenAttribution {
    var options = ExplainerOptions()
    choose(&options)
    let request = ExplanationRequest(
      model: .tiny(classifier), encoding: text.tiny, target: target, options: options)
    return try #require(ExplainerCatalog.explainer(named: name)).explain(request) { _ in }
  }

  @Test(arguments: ExplainerOptions.Replacement.allCases.filter { $0 != .mask })
  func `occlusion is what the score loses with each token`(
    replacement: ExplainerOptions.Replacement
  ) throws {
    let result = try Self.explain("occlusion") { $0.replacement = replacement }
    let ids = "An Apple a day".tiny.ids
    let model = TinyClassifier()
    let full = model.logits(for: [ids])[0, 1]
    for index in ids.indices {
      var row = ids
      switch replacement {
      case .delete: row.remove(at: index)
      case .pad: row[index] = 1
      case .unk, .mask: row[index] = 0
      }
      #expect(abs(result.scores[index] - (full - model.logits(for: [row])[0, 1])) < 1e-6)
    }
    #expect(result.evaluations == ids.count + 1)
    #expect(result.parameters == ["replacement": .text(replacement.rawValue)])
  }

  @Test func `occlusion's estimates give way to what was measured`() throws {
    var steps: [TokenAttribution] = []
    let request = ExplanationRequest(
      model: .tiny(TinyClassifier(callSize: 3)), encoding: "An Apple a day".tiny,
      target: Target(classIndex: 1))
    let last = try Occlusion().explain(request) { steps.append($0) }
    // Seven tokens and the text itself: eight rows in three calls, and a gradient before them.
    #expect(steps.map(\.evaluations) == [1, 4, 7])
    #expect(last.evaluations == 8)
    for (step, known) in zip(steps, [0, 2, 5]) {
      #expect(step.scores.count == last.scores.count)
      #expect(step.scores.prefix(known) == last.scores.prefix(known))
      #expect(zip(step.scores, last.scores).dropFirst(known).allSatisfy { $0 != $1 })
      #expect(step.targetValue == last.targetValue)
    }
    // A first-order estimate has the right direction here.
    #expect(zip(steps[0].scores, last.scores).allSatisfy { $0 * $1 >= 0 })
  }

  @Test func `occlusion guesses nothing where it can't`() throws {
    for (classifier, replacement) in [
      (
        PredictionsOnly(TinyClassifier(callSize: 3)) as any Classifier,
        ExplainerOptions.Replacement.unk
      ),
      (TinyClassifier(callSize: 3), .delete),
    ] {
      var options = ExplainerOptions()
      options.replacement = replacement
      let request = ExplanationRequest(
        model: .tiny(classifier), encoding: "An Apple a day".tiny,
        target: Target(classIndex: 1), options: options)
      var refinements = 0
      _ = try Occlusion().explain(request) { _ in refinements += 1 }
      #expect(refinements == 0)
    }
  }

  @Test func `a replacement that the model lacks is refused`() {
    #expect(throws: ExplainerError.noToken(role: "mask")) {
      try Self.explain("occlusion") { $0.replacement = .mask }
    }
  }

  @Test func `saliency's two norms are lengths of the same gradient`() throws {
    let l2 = try Self.explain("saliency")
    let l1 = try Self.explain("saliency") { $0.norm = .l1 }
    #expect(l2.parameters == ["norm": .text("l2")])
    #expect(l1.parameters == ["norm": .text("l1")])
    // For five dimensions l2 <= l1 <= sqrt(5) l2.
    for (a, b) in zip(l1.scores, l2.scores) {
      #expect(b < a && a <= b * 2.2361)
    }
  }

  @Test func `rectified Grad-CAM keeps what is positive`() throws {
    let signed = try Self.explain("grad-cam")
    let rectified = try Self.explain("grad-cam") { $0.rectify = true }
    #expect(signed.scores.contains { $0 < 0 } && signed.scores.contains { $0 > 0 })
    #expect(rectified.scores == signed.scores.map { max($0, 0) })
    #expect(rectified.parameters == ["rectify": .flag(true)])
  }

  @Test func `intrinsic attention's maximum is 1, and what it was is told`() throws {
    let target = Target(classIndex: 1, quantity: .probability)
    let result = try Self.explain("intrinsic-attention", target: target)
    let saliency = try Self.explain("saliency", target: target) { $0.norm = .l1 }
    #expect(result.scores.max() == 1)
    guard case .number(let maximum) = result.parameters["maximum"] else {
      Issue.record("no maximum in \(result.parameters)")
      return
    }
    #expect(largestDifference(result.scores.map { $0 * maximum }, saliency.scores) < 1e-6)
  }

  @Test func `intrinsic attention of a model without gradients is zero`() throws {
    let result = try Self.explain(
      "intrinsic-attention", classifier: TinyClassifier().scalingHead(by: 0))
    #expect(result.scores.allSatisfy { $0 == 0 })
    #expect(result.parameters == ["maximum": .number(0)])
  }

  @Test func `intrinsic attention of two classes is the same map`() throws {
    let classifier = TinyClassifier(classes: 2)
    let maps = try [0, 1].map {
      try Self.explain(
        "intrinsic-attention", classifier: classifier,
        target: Target(classIndex: $0, quantity: .probability)
      ).scores
    }
    #expect(largestDifference(maps[0], maps[1]) < 1e-6)
  }

  @Test func `the control follows its seed`() throws {
    let seeds: [UInt64] = [0, 0, 1, .max]
    let maps = try seeds.map { seed in try Self.explain("random") { $0.seed = seed } }
    #expect(maps[0] == maps[1])
    #expect(maps[0].scores != maps[2].scores)
    #expect(maps[2].parameters == ["seed": .whole(1)])
    #expect(maps[3].parameters == ["seed": .text("18446744073709551615")])
  }

  @Test func `a class against another is the difference of the two`() throws {
    // Whatever is linear in the score; the others take a length or a positive part.
    for name in [
      "integrated-gradients", "input-x-gradient", "expected-gradients", "deeplift", "lrp",
      "occlusion", "feature-ablation", "shapley", "shapley-sampling", "kernel-shap", "lime",
      "partition-shap", "grad-cam", "hirescam", "layer-conductance", "contextual-decomposition",
    ] {
      func scores(_ target: Target) throws -> [Float] {
        try Self.explain(name, target: target) { $0.steps = 20 }.scores
      }
      let both = try scores(Target(classIndex: 1, versus: 2))
      let difference = zip(
        try scores(Target(classIndex: 1)), try scores(Target(classIndex: 2))
      ).map { $0 - $1 }
      #expect(largestDifference(both, difference) < 1e-5)
    }
  }

  @Test func `defaults follow what the model offers`() {
    let recurrent = Model.tiny(roles: TokenRoles(unknown: 0, padding: 1, mask: 4))
    #expect(ExplainerOptions.defaultBaseline(for: recurrent) == .zero)
    #expect(ExplainerOptions.defaultReplacement(for: recurrent) == .unk)
    let other = PredictionsOnly(TinyClassifier())
    let masked = Model.tiny(other, roles: TokenRoles(unknown: 0, padding: 1, mask: 4))
    #expect(ExplainerOptions.defaultBaseline(for: masked) == .mask)
    #expect(ExplainerOptions.defaultReplacement(for: masked) == .mask)
    let bare = Model.tiny(other, roles: TokenRoles())
    #expect(ExplainerOptions.defaultBaseline(for: bare) == .zero)
    #expect(ExplainerOptions.defaultReplacement(for: bare) == .delete)
  }

  /// A decoder has no mask token; from zero vectors its scores would not add up.
  @Test func `a transformer without a mask token starts from a token of its embedding`() throws {
    let model = try ModelOpener(embedded: []).open(fixture("parity/transformers/gemma").path)
    func baseline(_ roles: TokenRoles) -> ExplainerOptions.Baseline {
      ExplainerOptions.defaultBaseline(for: Model.tiny(model.classifier, roles: roles))
    }
    #expect(model.tokenizer.roles.mask == nil)
    #expect(baseline(TokenRoles(unknown: 3, padding: 0)) == .unk)
    #expect(baseline(TokenRoles(padding: 0)) == .pad)
    #expect(baseline(TokenRoles(unknown: 1 << 20, padding: 0)) == .pad)
    #expect(baseline(TokenRoles()) == .zero)
    #expect(baseline(TokenRoles(unknown: 3, padding: 0, mask: 4)) == .mask)
  }
}
