import Attribution
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

/// Texts as people type them, beside the peers: with padding, unknown words and special tokens of
/// the model's own, with brackets, quotes and pieces of words.
struct OddTextParityTests {
  private static func cases<Case: Decodable>(_ folder: String) throws -> [String: Case] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      [String: Case].self,
      from: Data(contentsOf: fixture("parity/\(folder)/cases.json")))
  }

  private static func folder(_ name: String) -> String {
    fixture("parity/transformers/\(name)").path
  }

  static let transformers = [
    "albert", "bert", "bert-multi-label", "bert-regression", "bert-silu", "camembert",
    "deberta-c2p", "deberta-plain", "deberta-v2-convolution", "deberta-v3", "deberta-v3-512",
    "distilbert", "electra", "electra-one-width", "modernbert", "modernbert-mean", "mpnet",
    "roberta", "xlm-roberta",
  ]

  @Test(arguments: transformers)
  func `texts that hold padding are explained as Captum explains their ids`(name: String) throws {
    let cases: [String: [Peer.Text]] = try Self.cases("attribution-ids")
    let model = try Peer.transformer(name).model()
    var worst: [String: Float] = [:]
    for text in try #require(cases[name]) {
      // An embedding that is normalised first makes scores along it cancel out to rounding, so that
      // the gradient's own size is what a difference is measured by.
      let saliency = try #require(text.explanations.first { $0.method == "saliency" })
      let gradient = saliency.scores.map { abs($0) }.max() ?? 1
      for theirs in text.explanations {
        let request = text.request(model, options: try theirs.options?.chosen() ?? .init())
        let ours = try #require(ExplainerCatalog.explainer(named: theirs.method)).explain(request) {
          _ in
        }
        if theirs.method != "attention" {
          #expect(abs(ours.targetValue - text.value) < 1e-4 * max(1, abs(text.value)))
        }
        let largest = theirs.scores.map { abs($0) }.max() ?? 1
        let scale = theirs.method.contains("gradient") ? max(largest, gradient) : largest
        let difference = largestDifference(ours.scores, theirs.scores) / scale
        worst[theirs.method] = max(worst[theirs.method] ?? 0, difference)
        #expect(
          difference < 10 * ParityTests.tolerance(theirs.method),
          "\(theirs.method) \(theirs.options?.baseline ?? theirs.options?.replacement ?? "")")
      }
    }
    print("largest difference by method, of the text's largest score:", name, worst)
    #expect(worst.count == 5)
  }

  struct Tree: Decodable {
    var text: String
    var ids: [Int]
    /// Of each class; of all together, to the end of the tree.
    var scores: [[Float]]?
    /// Of each class by itself, where so many predictions may be made.
    var budgets: [String: [[Float]]]?
  }

  @Test(arguments: ["bert", "roberta", "albert", "deberta-v3"])
  func `partition SHAP is shap's with a tokenizer of word pieces`(name: String) throws {
    let cases: [String: [String: Tree]] = try Self.cases("attribution-partition")
    let model = try ModelOpener(embedded: []).open(Self.folder(name))
    var options = ExplainerOptions()
    options.replacement = .mask
    options.samples = 100_000
    var worst: [String: Float] = [:]
    for (kind, text) in try #require(cases[name]) {
      let encoding = model.tokenizer.encode(text.text)
      #expect(encoding.ids == text.ids, "\(kind)")
      for (index, scores) in (text.scores ?? []).enumerated() {
        let ours = try PartitionSHAP().explain(
          ExplanationRequest(
            model: model, encoding: encoding, target: Target(classIndex: index), options: options)
        ) { _ in }
        let largest = max(1, scores.map { abs($0) }.max() ?? 1)
        let difference = largestDifference(ours.scores, scores) / largest
        worst[kind] = max(worst[kind] ?? 0, difference)
        #expect(difference < 1e-5, "\(kind) \(index)")
      }
    }
    print("largest difference by text:", name, worst)
    #expect(worst.count == 11)
  }

  @Test(arguments: ["bert", "roberta", "albert", "deberta-v3"])
  func `partition SHAP is shap's where its budget ends before the tree`(name: String) throws {
    let cases: [String: [String: Tree]] = try Self.cases("attribution-partition")
    let model = try ModelOpener(embedded: []).open(Self.folder(name))
    var worst: [String: Float] = [:]
    for text in try #require(cases[name]).values {
      for (budget, scores) in text.budgets ?? [:] {
        var options = ExplainerOptions()
        options.replacement = .mask
        options.samples = Int(budget)
        for (index, scores) in scores.enumerated() {
          let encoding = model.tokenizer.encode(text.text)
          #expect(encoding.ids == text.ids)
          let ours = try PartitionSHAP().explain(
            ExplanationRequest(
              model: model, encoding: encoding, target: Target(classIndex: index),
              options: options)
          ) { _ in }
          let difference = largestDifference(ours.scores, scores)
          worst[budget] = max(worst[budget] ?? 0, difference)
          // Two nodes that have the same at stake but for rounding would change places.
          #expect(difference < 1e-5, "\(text.text) \(index) \(budget)")
          // Predictions come in pairs: shap makes four where three are allowed.
          let most = Int(budget) ?? 0
          #expect(ours.evaluations <= most + most % 2)
        }
      }
    }
    print("largest difference by budget:", name, worst)
    #expect(worst.count == 5)
  }
}
