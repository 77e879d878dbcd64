import Attribution
import Checkpoints
import Classifiers
import EmbeddedModels
import Foundation
import TestSupport
import Testing
import Tokenizers

private let folder = fixture("../../Sources/EmbeddedModels/molecules")

private struct Row: Decodable {
  var text: String
  var label: String
  var logits: [Float]
}

private struct Explained: Decodable {
  var text: String
  var ids: [Int]
  var logits: [Float]
  var targets: [[String: [Float]]]
}

private func decoded<Value: Decodable>(_ type: Value.Type, at url: URL) throws -> Value {
  try JSONDecoder().decode(type, from: Data(contentsOf: url))
}

/// The embedded model that reads SMILES.
struct MoleculesTests {
  @Test func `a sample of the test set has fastai's logits and the card's figures`() throws {
    let model = try EmbeddedModelCatalog.opener.open("molecules")
    #expect(model.classifier.classes == ["BBB-", "BBB+"] && model.readsSMILES)
    let rows = try decoded([Row].self, at: folder.appending(path: "test_sample.json"))
    #expect(rows.count == 100)
    var margins: (positive: [Float], negative: [Float]) = ([], [])
    for row in rows {
      let logits = try model.predict(row.text).logits
      #expect(largestDifference(logits, row.logits) < 1e-3, "\(row.text)")
      let margin = logits[1] - logits[0]
      if row.label == "BBB+" {
        margins.positive.append(margin)
      } else {
        margins.negative.append(margin)
      }
    }
    let right = margins.positive.count { $0 > 0 } + margins.negative.count { $0 <= 0 }
    var ordered: Float = 0
    for positive in margins.positive {
      for negative in margins.negative {
        ordered += positive > negative ? 1 : positive == negative ? 0.5 : 0
      }
    }
    let area = ordered / Float(margins.positive.count * margins.negative.count)
    let card = try String(contentsOf: folder.appending(path: "MODEL_CARD.md"), encoding: .utf8)
    let words = card.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    func figure(_ value: Float) -> String { String(format: "%.3f", Double(value)) }
    let accuracy = figure(Float(right) / 100)
    #expect(words.contains("ROC-AUC is \(figure(area)) and the accuracy \(accuracy)."))
  }

  @Test func `the card, the folder and inspect tell the same figures`() throws {
    let quality = try #require(try EmbeddedModelCatalog.opener.open("molecules").facts.quality)
    let area = try #require(quality.rocAUC)
    #expect(area >= 0.898 && quality.accuracy > quality.majority ?? 1)
    let card = try String(contentsOf: folder.appending(path: "MODEL_CARD.md"), encoding: .utf8)
    func figure(_ value: Float) -> String { String(format: "%.3f", Double(value)) }
    let row = "| test | \(quality.rows) | \(figure(area)) | \(figure(quality.accuracy)) |"
    #expect(card.contains(row), "\(row)")
  }

  @Test func `Grad-CAM and HiResCAM on the last LSTM are PyTorch's`() throws {
    let model = try EmbeddedModelCatalog.opener.open("molecules")
    let rows = try decoded([Explained].self, at: fixture("parity/attribution-molecules/cams.json"))
    #expect(rows.count >= 12)
    var worst: Float = 0
    for row in rows {
      let encoding = model.tokenizer.encode(row.text)
      #expect(encoding.ids == row.ids)
      for (target, methods) in row.targets.enumerated() {
        for (method, theirs) in methods {
          let explainer = try #require(ExplainerCatalog.explainer(named: method))
          let request = ExplanationRequest(
            model: model, encoding: encoding, target: Target(classIndex: target))
          let ours = try explainer.explain(request) { _ in }
          let largest = theirs.map { abs($0) }.max() ?? 0
          worst = max(worst, largestDifference(ours.scores, theirs) / largest)
        }
      }
    }
    print("molecules: largest difference of a CAM \(worst)")
    #expect(worst < 1e-5)
  }
}
