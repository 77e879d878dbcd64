import Attribution
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

/// Methods that take units away, and measures, on texts as people type them, through the tokenizers of
/// four models: `parity/attribution-words`.
struct WordPieceParityTests {
  struct Text: Decodable {
    var text: String
    var ids: [Int]
    var target: Int
    /// The tokenizer's own; none for a token of the frame.
    var words: [Int?]
    var explanations: [Peer.Reference]
    /// Of the class's probability.
    var probability: [Peer.Reference]?
    var measured: Measured

    func request(
      _ model: Model, _ quantity: Target.Quantity, _ options: ExplainerOptions = .init()
    ) -> ExplanationRequest {
      ExplanationRequest(
        model: model, encoding: model.tokenizer.encode(text),
        target: Target(classIndex: target, quantity: quantity), options: options)
    }
  }

  /// What was measured of made-up scores.
  struct Measured: Decodable {
    var scores: [Float]
    var rationale: [Bool]
    var measures: [String: [String: Double]]
    var infidelity: MeasureParityTests.Sets
  }

  static let names = ["bert", "roberta", "albert", "deberta-v3"]

  private static func read(_ name: String) throws -> (model: Model, texts: [Text]) {
    let file = fixture("parity/attribution-words/cases.json")
    let cases = try JSONDecoder().decode([String: [Text]].self, from: Data(contentsOf: file))
    return (
      try ModelOpener(embedded: []).open(fixture("parity/transformers/\(name)").path),
      try #require(cases[name])
    )
  }

  @Test(arguments: names)
  func `tokens and words are the tokenizer's`(name: String) throws {
    let (model, texts) = try Self.read(name)
    for text in texts {
      let encoding = model.tokenizer.encode(text.text)
      #expect(encoding.ids == text.ids, "\(text.text)")
      let words = encoding.groups(by: .word).filter { !$0.isFrame }.map(\.pieces)
      let expected = Dictionary(grouping: text.words.indices.filter { text.words[$0] != nil }) {
        text.words[$0] ?? 0
      }
      #expect(words == expected.sorted { $0.key < $1.key }.map(\.value), "\(text.text)")
    }
  }

  @Test(arguments: names)
  func `taking tokens and words away gives what the peers give`(name: String) throws {
    let (model, texts) = try Self.read(name)
    var worst: [String: Float] = [:]
    for text in texts {
      for theirs in text.explanations where theirs.method != "lime" {
        let request = text.request(model, .logit, try #require(theirs.options).chosen())
        let ours = try #require(ExplainerCatalog.explainer(named: theirs.method)).explain(request) {
          _ in
        }
        let largest = max(theirs.scores.map { abs($0) }.max() ?? 1, 0.1)
        let difference = largestDifference(ours.scores, theirs.scores) / largest
        worst[theirs.method] = max(worst[theirs.method] ?? 0, difference)
        #expect(difference < 3e-5, "\(theirs.method) \(theirs.options as Any) \(text.text)")
      }
    }
    print("largest difference by method, of the text's largest score:", name, worst)
    #expect(worst.count == 4)
  }

  @Test(arguments: names)
  func `LIME is within the errors of the peers' larger samples`(name: String) throws {
    let (model, texts) = try Self.read(name)
    var distances: [Float] = []
    for text in texts {
      for (quantity, found) in [
        (Target.Quantity.logit, text.explanations), (.probability, text.probability ?? []),
      ] {
        for theirs in found where theirs.method == "lime" {
          let request = text.request(model, quantity, try #require(theirs.options).chosen())
          let ours = try LIME().explain(request) { _ in }
          if theirs.options?.features != nil {
            let same = ours.scores.indices.filter {
              ours.scores[$0] != 0 && theirs.scores[$0] != 0
            }
            // Two features of nearly equal use may change places from sample to sample.
            #expect(same.count >= 2, "\(text.text)")
            continue
          }
          let errors = try #require(ours.standardErrors)
          for token in errors.indices where errors[token] > 0 {
            // The peer has four times as many samples.
            let error = errors[token] * Float(1.25).squareRoot()
            distances.append(abs(ours.scores[token] - theirs.scores[token]) / error)
          }
          if let fit = theirs.fit {
            let found = try #require(ours.parameters["r_squared"]?.number)
            #expect(abs(found - fit) < 0.03, "\(text.text)")
          }
        }
      }
    }
    let within = Double(distances.count { $0 < 2 }) / Double(distances.count)
    print("LIME within two standard errors:", name, within, "largest:", distances.max() ?? 0)
    #expect(distances.count >= 40)
    #expect(within > 0.8)
    #expect(distances.allSatisfy { $0 < 7 })
  }

  @Test(arguments: names)
  func `measures pass over the frame and are the peers'`(name: String) throws {
    let (model, texts) = try Self.read(name)
    var worst: [String: Double] = [:]
    for text in texts {
      func request(_ quantity: Target.Quantity) -> MeasureRequest {
        MeasureRequest(
          request: text.request(model, quantity), explainer: RandomControl(),
          attribution: TokenAttribution(
            scores: text.measured.scores, targetValue: 0, evaluations: 1),
          rationale: text.measured.rationale)
      }
      for (name, theirs) in text.measured.measures {
        let ours = try #require(MeasureCatalog.measure(named: name)).measure(request(.logit))
        worst[name] = max(worst[name] ?? 0, try ours.largestDifference(from: theirs))
      }
      let infidelity = try #require(
        Infidelity().measure(request(.logit), absent: text.measured.infidelity.absent).value)
      let expected = text.measured.infidelity.value
      #expect(abs(infidelity - expected) < 1e-3 * expected + 1e-9, "\(text.text)")
    }
    print("largest difference by measure:", name, worst)
    #expect(worst.values.allSatisfy { $0 < 5e-6 }, "\(worst)")
    #expect(worst.count == 6)
  }
}
