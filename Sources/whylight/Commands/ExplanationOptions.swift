public import ArgumentParser
public import Attribution
public import Classifiers
internal import Tokenizers

extension ExplainerOptions.Baseline: ExpressibleByArgument {}
extension ExplainerOptions.Replacement: ExpressibleByArgument {}
extension ExplainerOptions.Norm: ExpressibleByArgument {}
extension ScoreUnit: ExpressibleByArgument {}
extension Target.Quantity: ExpressibleByArgument {}

/// The options of `explain` that say what is explained and how.
struct ExplanationOptions: ParsableArguments {
  @Option(
    name: .customLong("method"),
    help: ArgumentHelp(
      "An explainer, see 'whylight methods'; may be repeated; 'all' for those that apply.",
      valueName: "name"))
  var methods: [String] = []

  @Option(help: "A class by name or index, or 'predicted'.")
  var target = "predicted"

  @Option(help: "Explain the difference of the target's score and this class's.")
  var versus: String?

  @Option(help: "What is explained: logit, probability or log-probability of the target.")
  var score: Target.Quantity?

  @Option(help: "Where a path method starts: zero, pad, mask or unk.")
  var baseline: ExplainerOptions.Baseline?

  @Option(help: "What an absent token becomes: unk, mask, pad or delete.")
  var replacement: ExplainerOptions.Replacement?

  @Option(help: "For saliency: l2 or l1 over the embedding's dimensions.")
  var norm: ExplainerOptions.Norm?

  @Flag(help: "For grad-cam: negative scores become zero, as in the paper.")
  var rectify = false

  @Option(help: "Path points of a Gauss-Legendre rule; adaptive if not given.")
  var steps: Int?

  @Option(help: "How many samples a sampling method draws.")
  var samples: Int?

  @Option(help: "The seed of sampling methods.")
  var seed: UInt64 = 0

  @Option(help: "token, word or sentence: scores summed over the pieces of a unit.")
  var by = ScoreUnit.token

  func validate() throws {
    if let steps, !(1...1_000_000).contains(steps) {
      throw ValidationError("--steps is \(steps); it must be from 1 to 1000000")
    }
    if let samples, !(1...100_000_000).contains(samples) {
      throw ValidationError("--samples is \(samples); it must be from 1 to 100000000")
    }
  }

  /// The options looked up in a model.
  /// - Throws: `Failure` where a method or class is unknown or does not apply.
  func plan(for model: Model) throws -> ExplanationPlan {
    var options = ExplainerOptions()
    options.baseline = baseline
    options.replacement = replacement
    options.norm = norm
    options.rectify = rectify
    options.steps = steps
    options.samples = samples
    options.seed = seed
    return ExplanationPlan(
      explainers: try explainers(for: model),
      classIndex: target == "predicted" ? nil : try Self.classIndex(target, of: model),
      versus: try versus.map { try Self.classIndex($0, of: model) },
      quantity: score, options: options, unit: by)
  }

  private func explainers(for model: Model) throws -> [any Explainer] {
    if methods == ["all"] {
      return Catalog.explainers.filter {
        $0.card.reasonNotApplicable(to: model.classifier) == nil
      }
    }
    return try (methods.isEmpty ? ["integrated-gradients"] : methods).map { name in
      guard let explainer = Catalog.explainer(named: name) else {
        let names = Messages.list(Catalog.explainers.map(\.card.name))
        throw Failure.usage("no method is called '\(name)'; methods are \(names)")
      }
      if let reason = explainer.card.reasonNotApplicable(to: model.classifier) {
        throw Failure.usage("\(name) does not apply to \(model.name): it \(reason)")
      }
      return explainer
    }
  }

  private static func classIndex(_ name: String, of model: Model) throws -> Int {
    let classes = model.classifier.classes
    if let index = classes.firstIndex(of: name) { return index }
    if let index = Int(name), classes.indices.contains(index) { return index }
    throw Failure.usage(
      "the model has no class '\(name)'; classes are \(Messages.list(classes))"
        + " or an index from 0 to \(classes.count - 1)")
  }
}
