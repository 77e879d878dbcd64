import Attribution
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// Interactions by integrated Hessians beside the paper's formula with exact second derivatives;
/// `Tests/Fixtures/parity/integrated-hessians/generate.py` computed it.
struct IntegratedHessiansTests {
  struct Answer: Decodable {
    var ids: [Int]
    /// Places of the tokens of both texts.
    var first: [Int]
    var second: [Int]
    /// A row for each of the first.
    var values: [[Double]]
    var baseline: String
  }

  struct Fixture: Decodable {
    var pair: [String]
    var classIndex: Int
    var answers: [String: [Answer]]

    enum CodingKeys: String, CodingKey {
      case pair, answers
      case classIndex = "class"
    }
  }

  static func read() throws -> Fixture {
    let data = try Data(contentsOf: fixture("parity/integrated-hessians/hessians.json"))
    return try JSONDecoder().decode(Fixture.self, from: data)
  }

  static func request(
    _ name: String, _ file: Fixture, baseline: ExplainerOptions.Baseline?, steps: Int? = nil
  ) throws -> ExplanationRequest {
    let model = try ModelOpener(embedded: []).open(fixture("parity/pairs/\(name)").path)
    var options = ExplainerOptions()
    options.baseline = baseline
    options.steps = steps
    return ExplanationRequest(
      model: model, encoding: model.tokenizer.encode(file.pair[0], pair: file.pair[1]),
      target: Target(classIndex: file.classIndex), options: options)
  }

  @Test(arguments: ["bert", "roberta"])
  func `values are those of the paper's double integral`(name: String) throws {
    let file = try Self.read()
    for answer in try #require(file.answers[name]) {
      let baseline = try #require(ExplainerOptions.Baseline(rawValue: answer.baseline))
      let request = try Self.request(name, file, baseline: baseline)
      let encoding = request.encoding
      #expect(encoding.ids == answer.ids)
      let found = try #require(
        try PairInteractions(count: PairInteractions.mostWords, method: .hessian).measure(request))
      #expect(found.method == .hessian && found.baseline == baseline)
      let groups = encoding.groups(by: .word).filter { !$0.isFrame }
      let (first, second) = (groups.filter { $0.part == 0 }, groups.filter { $0.part == 1 })
      let expected = first.map { a in
        second.map { b in
          a.pieces.reduce(0.0) { sum, i in
            b.pieces.reduce(sum) { sum, j in
              guard let row = answer.first.firstIndex(of: i),
                let column = answer.second.firstIndex(of: j)
              else { return .infinity }
              return sum + answer.values[row][column]
            }
          }
        }
      }
      #expect(found.values.count == first.count && found.first.count == first.count)
      let largest = expected.joined().map(abs).max() ?? 0
      for (row, expected) in zip(found.values, expected) {
        #expect(row.count == second.count)
        // Gradients in single precision, divided by steps of a twentieth.
        for (value, expected) in zip(row, expected) {
          #expect(abs(value - expected) < 3e-3 * largest, "\(answer.baseline)")
        }
      }
    }
  }

  @Test func `more points change little, and what it costs is told`() throws {
    let file = try Self.read()
    let values = try [16, 40].map { steps in
      let request = try Self.request("bert", file, baseline: nil, steps: steps)
      let found = try #require(
        try PairInteractions(count: 2, method: .hessian).measure(request))
      #expect(found.first.count == 2 && found.second.count == 2)
      // Four gradients for each point and word of the second text, beside removals.
      #expect(found.evaluations > steps * 2 * 4)
      return Array(found.values.joined())
    }
    let largest = values[1].map(abs).max() ?? 0
    for (coarse, fine) in zip(values[0], values[1]) {
      #expect(abs(coarse - fine) < 3e-3 * largest)
    }
  }

  @Test(arguments: [0, IntegratedGradients.mostSteps + 1])
  func `points that nobody could wait for are refused`(steps: Int) throws {
    let request = try Self.request("bert", try Self.read(), baseline: .mask, steps: steps)
    let error = #expect(throws: ExplainerError.self) {
      try PairInteractions(count: 2, method: .hessian).measure(request)
    }
    #expect(
      error
        == .badOption(
          name: "steps", value: String(steps), allowed: "1 to \(IntegratedGradients.mostSteps)"))
  }

  @Test func `a model without gradients has none`() throws {
    let encoding = "a bb".tiny.followed(by: "c dd".tiny)
    let request = ExplanationRequest(
      model: .tiny(PredictionsOnly(TinyClassifier())), encoding: encoding,
      target: Target(classIndex: 1))
    #expect(throws: ExplainerError.self) {
      try PairInteractions(method: .hessian).measure(request)
    }
    #expect(try PairInteractions().measure(request) != nil)
  }
}
