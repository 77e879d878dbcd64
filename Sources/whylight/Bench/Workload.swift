internal import ArgumentParser
internal import Attribution
internal import Classifiers
internal import FoundationEssentials
internal import Tokenizers

/// The work that is timed for one model and one length of text.
struct Workload {
  let model: Model
  let encoding: Encoding

  /// A text of ids spread over the vocabulary: 2, then 9 + 7k modulo the ordinary words.
  init(model: Model, tokens: Int) {
    self.model = model
    let words = max(1, model.tokenizer.vocabulary.count - 9)
    let ids = [2] + (0..<(tokens - 1)).map { 9 + 7 * $0 % words }
    encoding = Encoding(
      text: "", pieces: ids.map { Piece(text: "", id: $0, utf8Range: 0..<0, word: 0) })
  }

  /// Kinds of work.
  enum Work: String, CaseIterable, ExpressibleByArgument {
    case predict, gradient
    case fixedSteps = "integrated-gradients-50"
    case integratedGradients = "integrated-gradients"
    case occlusion, lime
    case kernelSHAP = "kernel-shap"
    case partitionSHAP = "partition-shap"

    /// The work that is timed by default; the others take a minute with a large model.
    static let usual: [Work] = [
      .predict, .gradient, .fixedSteps, .integratedGradients, .occlusion,
    ]

    var title: String {
      switch self {
      case .predict: "predict"
      case .gradient: "gradient"
      case .fixedSteps: "integrated gradients, 50 steps"
      case .integratedGradients: "integrated gradients, adaptive"
      case .occlusion: "occlusion"
      case .lime: "LIME, 1,000 samples"
      case .kernelSHAP: "KernelSHAP, 2,048 samples"
      case .partitionSHAP: "partition SHAP, 500 samples"
      }
    }

    /// The explainer and its options.
    var explainer: (name: String, options: ExplainerOptions)? {
      var options = ExplainerOptions()
      switch self {
      case .predict, .gradient: return nil
      case .fixedSteps: options.steps = 50
      case .integratedGradients, .occlusion: break
      case .lime: options.samples = 1000
      case .kernelSHAP: options.samples = 2048
      case .partitionSHAP: options.samples = 500
      }
      let name = self == .fixedSteps ? Work.integratedGradients.rawValue : rawValue
      return (name, options)
    }

    /// Whether it includes the backward pass.
    var isGradient: Bool {
      switch self {
      case .gradient, .fixedSteps, .integratedGradients: true
      case .predict, .occlusion, .lime, .kernelSHAP, .partitionSHAP: false
      }
    }
  }

  /// Performs the work and counts passes; nil if the model does not support it.
  func body(of work: Work) -> ((PassCounter) throws -> Void)? {
    switch work {
    case .predict:
      return { _ in _ = try model.predict(encoding) }
    case .gradient:
      guard let classifier = model.classifier.differentiable else { return nil }
      return { _ in
        let embeddings = try classifier.embeddings(for: [encoding.tokens])
        _ = try classifier.gradient(of: [Target(classIndex: target)], at: embeddings)
      }
    default:
      guard let (name, options) = work.explainer,
        let explainer = ExplainerCatalog.explainer(named: name),
        explainer.card.reasonNotApplicable(to: model.classifier) == nil
      else { return nil }
      var request = ExplanationRequest(
        model: model, encoding: encoding, target: Target(classIndex: target), options: options)
      return { counter in
        request.counter = counter
        _ = try explainer.explain(request, refined: { _ in })
      }
    }
  }

  /// The multiplications and additions with the model's weights if each pass read the whole text:
  /// two per weight for each row and token, and as many again in the backward pass. Attention is
  /// not counted.
  func operations(of work: Work, passes: Int) -> Double {
    var weights = model.facts.parameterCount
    if let classifier = model.classifier.differentiable,
      let width = try? classifier.embeddings(for: [encoding.tokens.prefix(1) + []]).width
    {
      weights -= model.tokenizer.vocabulary.count * width
    }
    return 2 * Double(max(0, weights)) * Double(encoding.tokens.count) * Double(max(1, passes))
      * (work.isGradient ? 2 : 1)
  }

  /// The bytes of weights that are read if each call reads the weights of its products once and
  /// those of a recurrence once per token, and as many again in the backward pass. Weights that
  /// stay in a cache between two tokens are counted each time. 0 if the weights are in an external
  /// program.
  func readBytes(of work: Work, calls: Int) -> Double {
    let facts = model.facts
    let once = Double(facts.productBytes - facts.stepBytes)
    let everyToken = Double(facts.stepBytes) * Double(encoding.tokens.count)
    return (once + everyToken) * Double(max(1, calls)) * (work.isGradient ? 2 : 1)
  }

  /// Sentences of common and of made-up words, so that neither a list of words nor a cache of
  /// earlier ones helps with all of them.
  static func text(bytes: Int) -> String {
    let common =
      "the acting is brilliant but its story never works and I don't like what they made of it"
      .split(separator: " ")
    var state: UInt64 = 1
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let letters = Array("etaoinshrdlucmfwypvbgk")
    var text = ""
    var place = 0
    while text.utf8.count < bytes {
      let word =
        next(2) == 0
        ? String(common[next(common.count)])
        : String((0..<2 + next(8)).map { _ in letters[next(letters.count)] })
      place += 1
      text += place % 12 == 1 ? word.prefix(1).uppercased() + word.dropFirst() : word
      text += place % 12 == 0 ? ".\n" : place % 5 == 0 ? ", " : " "
    }
    return text
  }

  private var target: Int { model.classifier.classes.count > 1 ? 1 : 0 }

  /// The first run creates primitives and fills caches, and is not counted.
  static func seconds(repeats: Int, _ body: () throws -> Void) throws -> [Double] {
    try body()
    let clock = ContinuousClock()
    return try (0..<repeats).map { _ in try clock.measure(body) / .seconds(1) }
  }
}
