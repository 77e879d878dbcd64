import Attribution
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// A model whose answer is made of several passes of a network, with a text to explain.
struct DerivedCase: Sendable, CustomTestStringConvertible {
  var name: String
  var path: String
  var reading = ReadingOptions()
  var text: String
  var pair: String?

  var testDescription: String { name }

  func model() throws -> Model {
    var options = OpeningOptions()
    options.reading = reading
    return try ModelOpener(embedded: []).open(fixture(path).path, with: options)
  }

  func request(_ choose: (inout ExplainerOptions) -> Void = { _ in }) throws -> ExplanationRequest {
    let model = try model()
    var options = ExplainerOptions()
    options.samples = 24
    choose(&options)
    return ExplanationRequest(
      model: model, encoding: model.tokenizer.encode(text, pair: pair),
      target: Target(classIndex: model.classifier.classes.count - 1), options: options)
  }

  // MARK: - All of them

  private static let labels = ZeroShotLabels(["good", "bad film", "story"])
  private static let sentences = "Not bad at all. The ending is good. A story, a film!"
  private static let long = """
    The film is not bad, and the ending is good. Nothing else in the story is as good as that ending; \
    the rest of the film is bad. Not a good film.
    """

  private static func zeroShot(_ name: String, _ path: String, isMany: Bool) -> DerivedCase {
    var labels = labels
    labels.isMany = isMany
    return DerivedCase(
      name: "labels\(isMany ? ", each by itself" : ""), \(name)", path: path,
      reading: ReadingOptions(labels: labels), text: sentences)
  }

  private static func windows(
    _ name: String, _ pooling: WindowReading.Pooling, labels: ZeroShotLabels? = nil
  ) -> DerivedCase {
    DerivedCase(
      name: "\(labels == nil ? "" : "labels in ")windows, \(name), \(pooling.rawValue)",
      path: labels == nil ? "parity/transformers/\(name)" : "parity/zero-shot/\(name)",
      reading: ReadingOptions(labels: labels, windows: WindowReading(tokens: 24, pooling: pooling)),
      text: long)
  }

  static let all: [DerivedCase] =
    [
      zeroShot("bert", "parity/zero-shot/bert", isMany: false),
      zeroShot("roberta", "parity/zero-shot/roberta", isMany: true),
      zeroShot("deberta-v3", "parity/zero-shot/deberta-v3", isMany: false),
      zeroShot("bart", "parity/encoder-decoders/bart", isMany: false),
      windows("bert", .mean), windows("roberta", .max), windows("deberta-v3", .first),
      windows("roberta", .mean, labels: labels),
      DerivedCase(
        name: "windows of a pair, bert", path: "parity/pairs/bert",
        reading: ReadingOptions(windows: WindowReading(tokens: 30)), text: "Not a bad film.",
        pair: long),
    ]
    + ["albert", "bert", "modernbert", "mpnet", "roberta"].map {
      DerivedCase(
        name: "similarity, \($0)", path: "parity/sentence-encoders/\($0)", text: "Not a bad film.",
        pair: "The ending is good. The story is not.")
    }
}

/// What holds for explanations of any model, for models that are made of another one's passes.
struct DerivedLawTests {
  /// Of the methods that a model of labels, of windows and of two texts apart can be explained by; they
  /// are one type, so that what holds for one of them holds for all.
  static let names = ExplainerCatalog.explainers.map(\.card).filter { card in
    (try? DerivedCase.all[0].model()).map {
      card.reasonNotApplicable(to: $0.classifier) == nil
    } ?? false
  }.map(\.name)

  /// Exact Shapley values take few units; a sample of sampled ones is a pass for each token.
  static func request(_ name: String, of example: DerivedCase) throws -> ExplanationRequest {
    try example.request {
      if name == "shapley" { $0.grouping = .sentence }
      if name == "shapley-sampling" { $0.samples = 2 }
    }
  }

  @Test func `most methods apply, to all of them alike`() throws {
    #expect(Self.names.count > 17)
    for example in DerivedCase.all {
      let classifier = try example.model().classifier
      for explainer in ExplainerCatalog.explainers {
        #expect(
          (explainer.card.reasonNotApplicable(to: classifier) == nil)
            == Self.names.contains(explainer.card.name), "\(example.name) \(explainer.card.name)")
      }
    }
  }

  @Test(arguments: names, DerivedCase.all)
  func `what is explained is what is predicted`(_ name: String, of example: DerivedCase) throws {
    let request = try Self.request(name, of: example)
    let prediction = try request.model.predict(request.encoding)
    let link = request.model.classifier.link
    let explainer = try ExplainerLawTests.explainer(name)
    for quantity in [Target.Quantity.logit, .probability] {
      var request = request
      request.target.quantity = quantity
      let expected = request.target.value(logits: prediction.logits, link: link)
      var values: [Float] = []
      let result = try explainer.explain(request) { values.append($0.targetValue) }
      values.append(result.targetValue)
      #expect(values.allSatisfy { abs($0 - expected) < 1e-4 * max(1, abs(expected)) }, "\(values)")
      #expect(result.scores.count == request.encoding.pieces.count)
      #expect(result.scores.allSatisfy { $0.isFinite })
      #expect(result.scores.contains { $0 != 0 })
      #expect(try explainer.explain(request) { _ in } == result)
    }
  }

  static let complete = ExplainerLawTests.complete.filter { names.contains($0) }

  @Test(arguments: complete, DerivedCase.all)
  func `scores add up to what the text changes`(_ name: String, of example: DerivedCase) throws {
    let request = try Self.request(name, of: example)
    let result = try ExplainerLawTests.explainer(name).explain(request) { _ in }
    let sum = result.scores.reduce(0) { $0 + abs($1) }
    // An adaptive path ends where a hundredth is missing.
    #expect(abs(try #require(result.convergenceDelta)) < 0.02 * max(0.1, sum))
  }

  /// What partition SHAP splits first depends on the target, where it may not split all.
  static let linear = AxiomTests.names(.linearity).filter {
    names.contains($0) && $0 != "partition-shap"
  }

  @Test(arguments: linear, DerivedCase.all.filter { !$0.name.hasPrefix("similarity") })
  func `scores of a difference are the difference of the scores`(
    _ name: String, of example: DerivedCase
  ) throws {
    let request = try Self.request(name, of: example)
    let last = request.target.classIndex
    func scores(_ target: Target) throws -> [Float] {
      var request = request
      request.target = target
      // Of paths whose length is adaptive the three would be computed at other points, and a regression
      // with fewer rows than words makes much of the last digit.
      request.options.steps = 16
      request.options.samples = name == "shapley-sampling" ? 2 : 160
      return try ExplainerLawTests.explainer(name).explain(request) { _ in }.scores
    }
    let difference = try scores(Target(classIndex: last, versus: 0))
    let (one, other) = (
      try scores(Target(classIndex: last)), try scores(Target(classIndex: 0))
    )
    let size = max(1, (one + other).map(\.magnitude).max() ?? 1)
    for token in difference.indices {
      #expect(abs(difference[token] - (one[token] - other[token])) < 1e-4 * size, "\(token)")
    }
    // Input times gradient is nothing but rounding where words are normalised by themselves.
    #expect(difference.contains { $0 != 0 })
  }

  @Test(arguments: names, DerivedCase.all.filter { $0.pair != nil })
  func `of two texts apart the one that is held scores nothing`(
    _ name: String, of example: DerivedCase
  ) throws {
    for side in ExplainerOptions.Side.allCases {
      var request = try Self.request(name, of: example)
      request.options.only = side
      let result = try ExplainerLawTests.explainer(name).explanation(of: request)
      for (piece, score) in zip(request.encoding.pieces, result.scores)
      where piece.part != side.part {
        #expect(score == 0)
      }
      #expect(result.scores.contains { $0 != 0 })
    }
  }

  @Test(arguments: MeasureLawTests.names, DerivedCase.all)
  func `a measure has a number or a reason`(_ name: String, of example: DerivedCase) throws {
    let request = try example.request { $0.samples = 12 }
    let explainer = try ExplainerLawTests.explainer("input-x-gradient")
    let measured = MeasureRequest(
      request: request, explainer: explainer,
      attribution: try explainer.explain(request) { _ in })
    let result = try MeasureLawTests.measure(name, measured)
    #expect((result.value == nil) != (result.reason == nil))
    #expect(result.value?.isFinite != false)
  }

  @Test(arguments: DerivedCase.all)
  func `a variant is what the model says of it as a text of its own`(
    of example: DerivedCase
  ) throws {
    let request = try example.request()
    let tokens = request.encoding.tokens
    let own = request.encoding.pieces.indices.filter { !request.encoding.pieces[$0].isFrame }
    let removed = own.prefix(6).map { [$0] } + [Array(own.suffix(own.count / 2)), own]
    let found = try request.model.removals(of: removed, from: request.encoding)
    for (removal, absent) in zip(found, removed) {
      let row = tokens.indices.filter { !absent.contains($0) }.map { tokens[$0] }
      let alone = try request.model.classifier.logits(for: [row])[row: 0]
      // Other rows of a batch share its products, not its sums.
      #expect(largestDifference(removal.logits, alone) < 1e-5)
    }
  }
}
