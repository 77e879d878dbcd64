import Attribution
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

/// What holds for every measure of the catalogue.
struct MeasureLawTests {
  static let names = MeasureCatalog.measures.map(\.card.name)
  static let text = "the movie was Not bad at all"

  static func request(
    _ method: String = "input-x-gradient", _ text: String = text,
    classifier: any Classifier = TinyClassifier(), quantity: Target.Quantity = .logit,
    rationale: [Bool]? = nil
  ) throws -> MeasureRequest {
    let explainer = try #require(ExplainerCatalog.explainer(named: method))
    var options = ExplainerOptions()
    options.samples = 12
    let request = ExplanationRequest(
      model: .tiny(classifier), encoding: text.tiny,
      target: Target(classIndex: 1, quantity: quantity), options: options)
    return MeasureRequest(
      request: request, explainer: explainer,
      attribution: try explainer.explain(request) { _ in }, rationale: rationale)
  }

  static func measure(_ name: String, _ request: MeasureRequest) throws -> MeasureResult {
    try #require(MeasureCatalog.measure(named: name)).measure(request)
  }

  @Test(arguments: names, ExplainerCatalog.explainers.map(\.card.name))
  func `a measure has a number or a reason for every method`(
    name: String, method: String
  ) throws {
    for text in ["", "one", Self.text] {
      let request = try Self.request(method, text)
      let result = try Self.measure(name, request)
      #expect((result.value == nil) != (result.reason == nil))
      #expect(result.value?.isFinite != false)
      #expect(try Self.measure(name, request) == result)
    }
  }

  @Test(arguments: names)
  func `a measure answers for models that give predictions only, or no numbers`(
    name: String
  ) throws {
    for classifier in [
      PredictionsOnly(TinyClassifier()) as any Classifier, TinyClassifier().scalingHead(by: .nan),
      TinyClassifier().scalingHead(by: 0),
    ] {
      let result = try Self.measure(name, Self.request("occlusion", classifier: classifier))
      #expect((result.value == nil) != (result.reason == nil))
    }
  }

  @Test(arguments: names)
  func `a cancelled measure ends after the pass that it is in`(name: String) async throws {
    let prepared = try Self.request("occlusion")
    func run(cancelledIn pass: Int) async -> (wasCancelled: Bool, passes: Int) {
      let count = PassCount()
      let classifier = TinyClassifier(callSize: 1) { _ in
        if count.increment() == pass {
          unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() }
        }
      }
      var request = prepared
      request.request.model = .tiny(classifier)
      let result = await Task { [request] in try Self.measure(name, request) }.result
      guard case .failure(let error) = result else { return (false, count.value) }
      #expect(error is CancellationError)
      return (true, count.value)
    }
    let whole = await run(cancelledIn: .max)
    #expect(!whole.wasCancelled)
    // Some ask the model nothing here.
    let (wasCancelled, passes) = await run(cancelledIn: 2)
    #expect(wasCancelled == (whole.passes >= 2) && passes == min(whole.passes, 2))
  }

  @Test(arguments: names)
  func `a measure's card is complete`(name: String) throws {
    let card = try #require(MeasureCatalog.measure(named: name)).card
    for text in [card.title, card.summary, card.formula, card.source, card.cost, card.caveats] {
      #expect(!text.isEmpty && !text.contains("\n"))
    }
    #expect(card.summary.hasSuffix(".") && card.caveats.hasSuffix("."))
    #expect(Self.names.count { $0 == name } == 1)
  }

  @Test func `the folder lists what the catalogue lists`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Attribution/Faithfulness")
    let files = try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
    for measure in MeasureCatalog.measures { #expect(files.contains("\(type(of: measure)).swift")) }
  }

  @Test func `scores that are the effects themselves are faithful`() throws {
    // In a sum over tokens replacing a set loses the sum of its tokens' losses.
    let request = try Self.request("occlusion", classifier: BagOfTokens())
    let infidelity = try Self.measure("infidelity", request)
    #expect(try #require(infidelity.value) < 1e-9)
    guard case .number(let share)? = infidelity.details["share"] else {
      Issue.record("no share")
      return
    }
    #expect(share < 1e-6)
    let control = try Self.measure("infidelity", Self.request("random", classifier: BagOfTokens()))
    #expect(try #require(control.value) > 0.01)
  }

  @Test func `what is drawn spreads, and what is not does not`() throws {
    let none = try Self.measure("seed-spread", Self.request("saliency"))
    #expect(none.value == 0 && none.evaluations == 0)
    let control = try #require(Self.measure("seed-spread", Self.request("random")).value)
    let sampling = try #require(
      Self.measure("seed-spread", Self.request("shapley-sampling")).value)
    #expect(sampling > 0 && control > 3 * sampling)
  }

  @Test func `max-sensitivity is what small noise does to the map`() throws {
    let gradient = try #require(Self.measure("max-sensitivity", Self.request("saliency")).value)
    #expect(gradient > 0 && gradient < 1)
    #expect(
      try Self.measure("max-sensitivity", Self.request("random")).value == 0,
      "the control does not look at the model")
    let predictions = try Self.measure(
      "max-sensitivity",
      Self.request("occlusion", classifier: PredictionsOnly(TinyClassifier())))
    #expect(predictions.reason != nil)
  }

  @Test func `randomising layers changes what looks at the model`() throws {
    let control = try Self.measure("randomisation", Self.request("random"))
    #expect(control.value == 1)
    let gradient = try Self.measure("randomisation", Self.request("input-x-gradient"))
    #expect(try #require(gradient.value) < 0.9)
    #expect(Set(gradient.details.keys) == ["head", "recurrence", "embedding"])
  }

  @Test func `plausibility asks people`() throws {
    var request = try Self.request()
    #expect(try Self.measure("plausibility", request).reason != nil)
    request.rationale = request.attribution.scores.map { $0 > 0 }
    let perfect = try Self.measure("plausibility", request)
    #expect(perfect.value == 1)
    request.rationale = request.attribution.scores.map { _ in false }
    #expect(try Self.measure("plausibility", request).reason != nil)
  }
}
