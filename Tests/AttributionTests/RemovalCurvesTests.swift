import Attribution
import Classifiers
import TestSupport
import Testing
import Tokenizers

/// The curves of removal beside the measures that are their areas.
@Suite struct `the curves of removal` {
  /// - Parameter scores: of the tokens after the frame.
  private func request(
    _ text: String, scores: [Float], classifier: any Classifier = BagOfTokens(),
    replacement: ExplainerOptions.Replacement? = .delete
  ) -> MeasureRequest {
    var options = ExplainerOptions()
    options.replacement = replacement
    return MeasureRequest(
      request: ExplanationRequest(
        model: .tiny(classifier), encoding: text.tiny, target: Target(classIndex: 1),
        options: options),
      explainer: RandomControl(),
      attribution: TokenAttribution(scores: [0] + scores, targetValue: 0, evaluations: 1))
  }

  private func words(_ count: Int) -> (text: String, scores: [Float]) {
    let words = (0..<count).map { String(repeating: "a", count: 1 + $0 * 5 % 7) }
    return (words.joined(separator: " "), words.indices.map { Float(($0 * 13) % count) + 1 })
  }

  @Test func `are what the model says of the text without its tokens`() throws {
    // The frame counts 0.8, a 0.2, bb 1 and ccc -0.4; p(s) = e^s / (1 + e^s + e^-s).
    let curves = try #require(
      try RemovalCurves.measure(request("a bb ccc", scores: [0.2, 1, -0.4])))
    #expect(curves.order == [2, 1, 3])
    #expect(curves.highestFirst.removed == [0, 1, 2, 3])
    let full = 0.8047262
    let empty = 0.6056108
    func agrees(_ values: [Double], _ expected: [Double]) -> Bool {
      values.count == expected.count && zip(values, expected).allSatisfy { abs($0 - $1) < 1e-6 }
    }
    #expect(agrees(curves.highestFirst.values, [full, 0.5405388, 0.4717762, empty]))
    let lowest = try #require(curves.lowestFirst)
    #expect(agrees(lowest.values, [full, 0.8668133, 0.8384882, empty]))
    let random = try #require(curves.random)
    #expect(abs(random.values[0] - full) < 1e-6 && abs(random.values[3] - empty) < 1e-6)
    #expect(abs(curves.highestFirst.area - 0.5724945) < 1e-6)
    #expect(abs(curves.highestFirst.meanLoss - (full - 0.5724945)) < 1e-6)
  }

  @Test(arguments: [1, 12, 20, 21, 100, 101, 150])
  func `have the areas that the measures give`(count: Int) throws {
    let (text, scores) = words(count)
    for replacement in [ExplainerOptions.Replacement?.none, .delete] {
      let request = request(
        text, scores: scores, classifier: TinyClassifier(), replacement: replacement)
      let curves = try #require(try RemovalCurves.measure(request))
      let deletion = try DeletionAUC().measure(request)
      let insertion = try InsertionAUC().measure(request)
      #expect(deletion.value == curves.highestFirst.area)
      #expect(deletion.curve?.values == curves.highestFirst.values)
      #expect(deletion.curve?.counts == curves.highestFirst.removed)
      let lowest = try #require(curves.lowestFirst)
      let inserted = try #require(insertion.value)
      #expect(abs(inserted - lowest.area) < 1e-12)
      #expect(insertion.curve?.values == lowest.values.reversed())
    }
  }

  @Test(arguments: [1, 12, 20, 21, 100, 101, 150])
  func `go from the whole text to none of it, and cost what is announced`(count: Int) throws {
    let (text, scores) = words(count)
    let request = request(text, scores: scores)
    let curves = try #require(try RemovalCurves.measure(request))
    let full = try #require(curves.highestFirst.values.first)
    let empty = try #require(curves.highestFirst.values.last)
    let random = try #require(curves.random)
    let lowest = try #require(curves.lowestFirst)
    for curve in [curves.highestFirst, lowest, random] {
      #expect(curve.removed.first == 0 && curve.removed.last == count)
      #expect(zip(curve.removed, curve.removed.dropFirst()).allSatisfy { $0 < $1 })
      #expect(curve.values.count == curve.removed.count)
      #expect(abs(curve.values[0] - full) < 1e-9)
      #expect(abs((curve.values.last ?? .nan) - empty) < 1e-9)
    }
    #expect(curves.highestFirst.removed.count == min(count, PerturbationCurve.mostSteps) + 1)
    #expect(random.removed.count == min(count, RemovalCurves.mostRandomSteps) + 1)
    #expect(curves.evaluations == RemovalCurves.expectedPasses(for: text.tiny))
  }

  @Test func `lose on average what comprehensiveness says, if every score counts`() throws {
    let (text, scores) = words(10)
    let request = request(text, scores: scores, classifier: TinyClassifier())
    let values = try #require(try RemovalCurves.measure(request)).highestFirst.values
    let losses = values.dropFirst().map { values[0] - $0 }
    let measured = try #require(Comprehensiveness().measure(request).value)
    #expect(abs(measured - losses.reduce(0, +) / 10) < 1e-9)
  }

  @Test func `have beside them the mean of five seeded orders`() throws {
    let (text, scores) = words(12)
    var control = request(text, scores: scores)
    let random = try #require(try RemovalCurves.measure(control)?.random)
    var sums = [Double](repeating: 0, count: 13)
    for seed in 0..<UInt64(5) {
      control.request.options.seed = seed
      control.attribution = try RandomControl().explanation(of: control.request)
      let curve = try #require(DeletionAUC().measure(control).curve)
      sums = zip(sums, curve.values).map { $0 + $1 }
    }
    #expect(zip(random.values, sums).allSatisfy { abs($0 - $1 / 5) < 1e-12 })
  }

  @Test func `are received while they are measured`() throws {
    let request = request(
      "a bb ccc dddd", scores: [1, 2, 3, 4], classifier: TinyClassifier(callSize: 1))
    var received: [RemovalCurves] = []
    let measured = try RemovalCurves.measure(request) { received.append($0) }
    let last = try #require(measured)
    #expect(received.map(\.highestFirst.values.count).prefix(5) == [1, 2, 3, 4, 5])
    #expect(received.prefix(5).allSatisfy { $0.random == nil && $0.widest == nil })
    #expect(received.suffix(5).allSatisfy { $0.random != nil && $0.lowestFirst == nil })
    #expect(received.last?.random == last.random && last.lowestFirst != nil)
    #expect(received[1].highestFirst.value(removing: 2) == nil)
    #expect(last.highestFirst.value(removing: 2) == last.highestFirst.values[2])
  }

  @Test func `are read between their points on a straight line`() throws {
    let (text, scores) = words(40)
    let curves = try RemovalCurves.measure(request(text, scores: scores))
    let random = try #require(curves?.random)
    #expect(random.removed.prefix(3) == [0, 2, 4])
    let between = try #require(random.value(removing: 3))
    #expect(abs(between - (random.values[1] + random.values[2]) / 2) < 1e-12)
  }

  @Test func `are widest apart where an order matters`() throws {
    // Words of nine letters count nothing.
    let request = request("excellent something bbbbb afternoon", scores: [0, 0, 1, 0])
    let curves = try #require(try RemovalCurves.measure(request))
    #expect(curves.order.first == 3 && curves.widest == 1)
    let one = try #require(try RemovalCurves.measure(self.request("a", scores: [1])))
    #expect(one.widest == 1)
  }

  @Test func `are of the text that is explained while the other one is held`() throws {
    var options = ExplainerOptions()
    options.only = .second
    let encoding = TinyTokenizer().encode("an able text", pair: "an odd one")
    let request = MeasureRequest(
      request: ExplanationRequest(
        model: .tiny(), encoding: encoding, target: Target(classIndex: 1), options: options),
      explainer: RandomControl(),
      attribution: TokenAttribution(
        scores: encoding.pieces.map { _ in 1 }, targetValue: 0, evaluations: 1))
    let curves = try #require(try RemovalCurves.measure(request))
    #expect(curves.order.allSatisfy { encoding.pieces[$0].part == 1 } && curves.order.count == 3)
  }

  @Test func `are not there for a text without tokens, nor for one without numbers`() throws {
    #expect(try RemovalCurves.measure(request("", scores: [])) == nil)
    let broken = try DeletionAUC().measure(
      request("a bb", scores: [1, 2], classifier: TinyClassifier().scalingHead(by: .nan)))
    #expect(broken.curve == nil && broken.reason != nil)
  }
}
