import Attribution
import Classifiers
import Foundation
import Synchronization
import Tensors
import TestSupport
import Testing
import Tokenizers

/// What holds for every member of the catalogue.
struct ExplainerLawTests {
  static let names = ExplainerCatalog.explainers.map(\.card.name)
  static let texts = ["", " ", "one", "An Apple a day", "the movie was Not bad at all , really"]

  static func explainer(_ name: String) throws -> any Explainer {
    try #require(ExplainerCatalog.explainer(named: name))
  }

  static func request(
    _ text: String, model: Model = .tiny(), target: Target = Target(classIndex: 1),
    options: ExplainerOptions = .init()
  ) -> ExplanationRequest {
    ExplanationRequest(model: model, encoding: text.tiny, target: target, options: options)
  }

  @Test(arguments: names, texts)
  func `every text has one number a token`(name: String, text: String) throws {
    let request = Self.request(text)
    let result = try Self.explainer(name).explain(request) { _ in }
    #expect(result.scores.count == request.encoding.pieces.count)
    #expect(result.scores.allSatisfy { $0.isFinite })
    #expect(result.evaluations > 0)
    let logits = try request.model.classifier.logits(for: [request.encoding.ids])
    let value = request.target.value(logits: logits[row: 0], link: .softmax)
    #expect(abs(result.targetValue - value) < 1e-5)
  }

  @Test(arguments: names)
  func `a text without any token has no scores`(name: String) throws {
    let request = ExplanationRequest(
      model: .tiny(), encoding: Encoding(text: "", pieces: []), target: Target(classIndex: 0))
    let result = try Self.explainer(name).explain(request) { _ in }
    #expect(result.scores.isEmpty)
  }

  @Test(arguments: names)
  func `the same question has the same answer`(name: String) throws {
    var options = ExplainerOptions()
    options.seed = 7
    let request = Self.request("An Apple a day keeps me away", options: options)
    let explainer = try Self.explainer(name)
    let first = try explainer.explain(request) { _ in }
    #expect(try explainer.explain(request) { _ in } == first)
  }

  /// Values of which one at least is nobody's default.
  private static func values(of setting: ExplainerSetting) -> [String] {
    switch setting.kind {
    case .whole: ["1", "2", "3", "7"]
    case .seed: ["5"]
    case .number: ["0.3"]
    case .choice(let names): names
    }
  }

  @Test(arguments: names, ExplainerCatalog.settings)
  func `an option changes the result of those methods whose card names it`(
    name: String, setting: ExplainerSetting
  ) throws {
    let explainer = try Self.explainer(name)
    var options = ExplainerOptions()
    if setting == .seed { options.samples = 7 }
    let text = "An Apple a day keeps me away"
    let usual = try explainer.explain(Self.request(text, options: options)) { _ in }
    let changes = try Self.values(of: setting).contains { value in
      var options = options
      try setting.set(value, in: &options)
      return (try? explainer.explain(Self.request(text, options: options)) { _ in }) != usual
    }
    #expect(changes == explainer.card.options.contains(setting))
  }

  @Test(arguments: AxiomTests.summing)
  func `scores that add up to something say what is missing`(name: String) throws {
    let explainer = try Self.explainer(name)
    let result = try explainer.explain(Self.request("An Apple a day keeps me away")) { _ in }
    #expect(abs(try #require(result.convergenceDelta)) < 1e-3)
  }

  @Test(arguments: names, [1, 2, 3, 1000])
  func `the size of the batches changes nothing`(name: String, callSize: Int) throws {
    let text = "An Apple a day keeps me away"
    let explainer = try Self.explainer(name)
    let reference = try explainer.explain(Self.request(text)) { _ in }
    let model = Model.tiny(TinyClassifier(callSize: callSize))
    let result = try explainer.explain(Self.request(text, model: model)) { _ in }
    #expect(result == reference)
  }

  @Test(arguments: names, [0, -5, Int.min])
  func `a model that wants no rows in a call gets one`(name: String, callSize: Int) throws {
    let model = Model.tiny(TinyClassifier(callSize: callSize))
    let result = try Self.explainer(name).explain(Self.request("a day", model: model)) { _ in }
    #expect(result.scores.count == 3)
  }

  @Test(arguments: names)
  func `a method that asks for no class has one map for all, and only such a one`(
    name: String
  ) throws {
    let explainer = try Self.explainer(name)
    let maps = try [0, 1].map { index in
      try explainer.explain(
        Self.request("An Apple a day keeps me away", target: Target(classIndex: index))
      ) { _ in }.scores
    }
    #expect((maps[0] == maps[1]) == !explainer.card.dependsOnClass)
  }

  @Test(arguments: names)
  func `a cancelled task ends after the pass that it is in`(name: String) async throws {
    let explainer = try Self.explainer(name)
    func run(cancelledIn pass: Int) async -> (
      result: Result<TokenAttribution, any Error>, passes: Int
    ) {
      let count = PassCount()
      let classifier = TinyClassifier(callSize: 1) { _ in
        if count.increment() == pass {
          unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
        }
      }
      let request = Self.request("An Apple a day", model: .tiny(classifier))
      return (await Task { try explainer.explain(request) { _ in } }.result, count.value)
    }
    let whole = await run(cancelledIn: .max)
    #expect(throws: Never.self) { try whole.result.get() }
    #expect(whole.passes >= 1)
    for pass in 1...min(3, max(1, whole.passes)) {
      let (result, passes) = await run(cancelledIn: pass)
      #expect(throws: CancellationError.self, "pass \(pass)") { try result.get() }
      #expect(passes == pass)
    }
  }

  @Test(arguments: names)
  func `what the receiver of a refinement throws ends the run`(name: String) throws {
    struct Enough: Error {}
    var refinements = 0
    do {
      _ = try Self.explainer(name).explain(Self.request("An Apple a day")) { _ in
        refinements += 1
        throw Enough()
      }
      #expect(refinements == 0)
    } catch is Enough {
      #expect(refinements == 1)
    }
  }

  @Test(arguments: names)
  func `the first refinement comes within one pass`(name: String) throws {
    let count = PassCount()
    let classifier = TinyClassifier(callSize: 3) { _ in _ = count.increment() }
    var passes: [Int] = []
    _ = try Self.explainer(name).explain(
      Self.request("An Apple a day", model: .tiny(classifier))
    ) { _ in passes.append(count.value) }
    // Without a refinement the result itself is the first.
    #expect((passes.first ?? count.value) == 1)
  }

  @Test(arguments: names, [-1, 3, Int.max])
  func `a class that the model lacks is refused`(name: String, index: Int) throws {
    let explainer = try Self.explainer(name)
    for target in [Target(classIndex: index), Target(classIndex: 0, versus: index)] {
      #expect(
        throws: ExplainerError.badOption(
          name: "target", value: String(index), allowed: "0 to 2")
      ) {
        try explainer.explain(Self.request("a day", target: target)) { _ in }
      }
    }
  }

  @Test(arguments: names)
  func `a method says what it needs of a model that gives predictions only`(name: String) throws {
    let explainer = try Self.explainer(name)
    let model = Model.tiny(PredictionsOnly(TinyClassifier()))
    let request = Self.request("An Apple a day", model: model)
    let requirement = explainer.card.requirement
    if requirement == .predictions {
      #expect(try explainer.explain(request) { _ in }.scores.count == 7)
      #expect(explainer.card.reasonNotApplicable(to: model.classifier) == nil)
    } else {
      #expect(throws: ExplainerError.notApplicable(method: name, needs: requirement)) {
        try explainer.explain(request) { _ in }
      }
      #expect(explainer.card.reasonNotApplicable(to: model.classifier) != nil)
    }
  }

  @Test(arguments: names, Target.Quantity.allCases)
  func `logits that are no numbers do not stop a method`(
    name: String, quantity: Target.Quantity
  ) throws {
    for factor in [Float.nan, .infinity, 1e30, 0] {
      let model = Model.tiny(TinyClassifier().scalingHead(by: factor))
      let request = Self.request(
        "An Apple a day", model: model, target: Target(classIndex: 1, quantity: quantity))
      let result = try Self.explainer(name).explain(request) { _ in }
      #expect(result.scores.count == 7)
      #expect(result.levels().allSatisfy { (-5...5).contains($0) })
    }
  }

  // In this model a zero embedding gives nothing to any state, but the state goes on, so only
  // methods that ask for the token itself are blind to it. The control and Grad-CAM are not.
  @Test(arguments: ["integrated-gradients", "input-x-gradient"])
  func `a token that the model cannot see gets no score`(name: String) throws {
    let model = Model.tiny(TinyClassifier().blanking(token: 3))
    let result = try Self.explainer(name).explain(
      Self.request("An Apple a day", model: model)
    ) { _ in }
    #expect(result.scores[1] == 0)
    #expect(result.scores[3] == 0)
    #expect(result.scores[2] != 0)
  }

  static let signed = ExplainerCatalog.explainers.map(\.card).filter(\.isSigned).map(\.name)
    .filter { $0 != "random" }

  @Test(arguments: signed) func `a target against itself is worth nothing`(name: String) throws {
    let request = Self.request("An Apple a day", target: Target(classIndex: 1, versus: 1))
    let result = try Self.explainer(name).explain(request) { _ in }
    #expect(result.targetValue == 0)
    #expect(result.scores.allSatisfy { abs($0) < 1e-6 })
  }

  /// Those that say what their scores add up to.
  static let complete = [
    "integrated-gradients", "deeplift", "shapley", "shapley-sampling", "kernel-shap",
    "partition-shap", "layer-conductance",
  ]

  @Test(arguments: complete, Target.Quantity.allCases)
  func `scores that should add up do`(name: String, quantity: Target.Quantity) throws {
    let request = Self.request(
      "An Apple a day", target: Target(classIndex: 2, quantity: quantity))
    let result = try Self.explainer(name).explain(request) { _ in }
    let delta = try #require(result.convergenceDelta)
    let claimed = result.scores.reduce(0, +) - delta
    #expect(abs(claimed) > 1e-3)
    #expect(abs(delta) <= max(0.01 * abs(claimed), 1e-5))
  }

  @Test(arguments: names)
  func `a real classifier's threads change nothing`(name: String) throws {
    let explainer = try Self.explainer(name)
    let recurrent = try #require(try Peer("bi").model().classifier as? AWDLSTM)
    let transformer = try #require(try Peer.transformer("bert").model().classifier as? Transformer)
    func onThreads(_ count: Int) -> [any Classifier] {
      var (recurrent, transformer) = (recurrent, transformer)
      recurrent.workers = Workers(count)
      transformer.workers = Workers(count)
      return [recurrent, transformer]
    }
    for (one, seven) in zip(onThreads(1), onThreads(7))
    where explainer.card.reasonNotApplicable(to: one) == nil {
      let results = try [one, seven].map { try Self.explanation(by: explainer, of: $0) }
      #expect(results[0] == results[1])
    }
  }

  private static func explanation(
    by explainer: any Explainer, of classifier: any Classifier
  ) throws -> TokenAttribution {
    var options = ExplainerOptions()
    options.samples = 40
    let pieces = (0..<6).map {
      Piece(text: "\($0)", id: 2 + 5 * $0, utf8Range: 0..<0, isFrame: $0 == 0, word: $0)
    }
    return try explainer.explain(
      ExplanationRequest(
        model: .tiny(classifier), encoding: Encoding(text: "", pieces: pieces),
        target: Target(classIndex: 1), options: options)
    ) { _ in }
  }

  @Test(arguments: names)
  func `what a method will cost is known before`(name: String) throws {
    let explainer = try Self.explainer(name)
    let request = Self.request("An Apple a day keeps me away")
    let expected = explainer.expectedPasses(for: request)
    let result = try explainer.explain(request) { _ in }
    #expect(expected > 0)
    // Equal variants are asked once, and adaptive rules stop when they are done.
    #expect(result.evaluations <= expected * 20 && expected <= result.evaluations * 40)
  }

  @Test(arguments: names, ["sentiment", "bert"])
  func `a method's cost is known to a factor of three`(name: String, model: String) throws {
    let explainer = try Self.explainer(name)
    let peer = model == "sentiment" ? try Peer(model) : try Peer.transformer(model)
    let classifier = try peer.model().classifier
    var options = ExplainerOptions()
    // Its own rule doubles the points until it is right, however many that takes.
    if name == "layer-conductance" { options.steps = 20 }
    let pieces = (0..<6).map {
      Piece(text: "\($0)", id: 2 + 5 * $0, utf8Range: 0..<0, isFrame: $0 == 0, word: $0)
    }
    let request = ExplanationRequest(
      model: .tiny(classifier), encoding: Encoding(text: "", pieces: pieces),
      target: Target(classIndex: 1), options: options)
    guard explainer.card.reasonNotApplicable(to: classifier) == nil else {
      #expect(throws: ExplainerError.self) { try explainer.explain(request) { _ in } }
      return
    }
    let expected = explainer.expectedPasses(for: request)
    let made = try explainer.explain(request) { _ in }.evaluations
    #expect(made <= 3 * expected && expected <= 3 * made)
  }

  @Test(arguments: names)
  func `a card is complete`(name: String) throws {
    let card = try Self.explainer(name).card
    for text in [
      card.title, card.shortTitle, card.summary, card.formula, card.source, card.cost, card.caveats,
    ] {
      #expect(!text.isEmpty)
      #expect(!text.contains("\n"))
    }
    #expect(card.summary.hasSuffix(".") && card.caveats.hasSuffix("."))
    #expect(card.shortTitle.count <= 4)
    #expect(Self.names.count { $0 == name } == 1)
  }

  @Test(arguments: names)
  func `caveats are sentences, whatever the model`(name: String) throws {
    let card = try Self.explainer(name).card
    for caveat in card.modelCaveats {
      #expect(caveat.text.hasSuffix(".") && !caveat.text.contains("\n"))
      #expect(card.caveats(for: caveat.trait).hasSuffix(caveat.text))
      #expect(!card.caveats(for: []).contains(caveat.text))
      #expect(card.allCaveats.contains("\(caveat.trait.title): \(caveat.text)"))
    }
    // on a screen no option can be given
    #expect(!card.allCaveats.contains("--"))
  }

  @Test(
    arguments: zip(
      ["sentiment", "bert", "modernbert-mean", "modernbert", "deberta-plain"],
      [
        [.recurrent, .maxPooling, .zeroBaseline, .twoClasses], .oneToken, .normalisedEmbeddings,
        [.oneToken, .normalisedEmbeddings], .oneToken,
      ] as [ModelTraits]))
  func `a model's traits decide which caveats are true of it`(
    name: String, traits: ModelTraits
  ) throws {
    let peer = name == "sentiment" ? try Peer(name) : try Peer.transformer(name)
    let model = try peer.model()
    let found = ModelTraits(model)
    #expect(found.isSuperset(of: traits))
    for trait in [
      ModelTraits.recurrent, .maxPooling, .oneToken, .normalisedEmbeddings,
    ] where !traits.contains(trait) {
      #expect(!found.contains(trait), "\(trait)")
    }
    let card = try Self.explainer("integrated-gradients").card
    #expect(card.caveats(for: found).contains("Max pooling") == (name == "sentiment"))
  }

  @Test func `a score that has no sign is never negative`() throws {
    for explainer in ExplainerCatalog.explainers where !explainer.card.isSigned {
      let result = try explainer.explain(Self.request("An Apple a day")) { _ in }
      #expect(result.scores.allSatisfy { $0 >= 0 })
    }
  }

  @Test func `the folder lists what the catalogue lists`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Attribution/Explainers")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.split(separator: "/").last ?? "") }
    let types = ExplainerCatalog.explainers.map { "\(type(of: $0)).swift" }
    #expect(Set(files) == Set(types))
    #expect(Self.names.first == "integrated-gradients")
  }
}

final class PassCount: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func increment() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
