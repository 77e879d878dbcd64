import Attribution
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

/// Measures of made-up scores beside ferret's definitions: `parity/attribution-measures`.
struct MeasureParityTests {
  struct Document: Decodable {
    var cases: [Case]
  }

  struct Case: Decodable {
    var ids: [Int]
    var target: Int
    var scores: [Float]
    var rationale: [Bool]
    var measures: [String: [String: Double]]

    func request(_ model: Model) -> MeasureRequest {
      let pieces = ids.enumerated().map { index, id in
        Piece(text: "\(id)", id: id, utf8Range: 0..<0, isFrame: index == 0, word: index)
      }
      return MeasureRequest(
        request: ExplanationRequest(
          model: model, encoding: Encoding(text: "", pieces: pieces),
          target: Target(classIndex: target)),
        explainer: RandomControl(),
        attribution: Attribution(scores: scores, targetValue: 0, evaluations: 1),
        rationale: rationale)
    }
  }

  @Test(arguments: ["uni", "bi"])
  func `measures are ferret's`(name: String) throws {
    let model = try Peer(name).model()
    let file = fixture("parity/attribution-measures/\(name).json")
    let document = try JSONDecoder().decode(Document.self, from: Data(contentsOf: file))
    var worst: [String: Double] = [:]
    for text in document.cases {
      for (name, theirs) in text.measures {
        let ours = try #require(Catalog.measure(named: name)).measure(text.request(model))
        for (key, expected) in theirs {
          let found: Double
          if key == "value" {
            found = try #require(ours.value)
          } else if case .number(let number)? = ours.details[key] {
            found = Double(number)
          } else {
            Issue.record("no \(key)")
            continue
          }
          worst[name] = max(worst[name] ?? 0, abs(found - expected))
        }
      }
    }
    print("largest difference by measure:", name, worst)
    // A rank can't be a little off; the rest are means of probabilities in single precision.
    #expect(worst.values.allSatisfy { $0 < 2e-6 }, "\(worst)")
    #expect(worst.count == 6)
  }
}
