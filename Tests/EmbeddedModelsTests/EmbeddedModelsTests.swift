import Checkpoints
import Classifiers
import EmbeddedModels
import TestSupport
import Testing
import Tokenizers

struct EmbeddedModelsTests {
  @Test(arguments: EmbeddedModelCatalog.names)
  func `an embedded model says what it said where it was made`(name: String) throws {
    let files = try #require(EmbeddedModelCatalog.files(of: name))
    let checks = try ModelFolder.read(files).selfChecks
    #expect(checks.count >= 10)
    let model = try EmbeddedModelCatalog.opener.open(name)
    #expect(model.name == name)
    for check in checks {
      let prediction = try model.predict(check.text)
      #expect(prediction.encoding.ids == check.ids, "\(check.text)")
      #expect(largestDifference(prediction.probabilities, check.probabilities) < 1e-4)
    }
  }

  @Test(arguments: EmbeddedModelCatalog.names)
  func `an embedded model brings its card along, all of it`(name: String) throws {
    let card = try #require(try EmbeddedModelCatalog.opener.card(of: name, atMost: 64_000))
    #expect(card.name == "MODEL_CARD.md" && !card.isCut)
    #expect(String(decoding: card.bytes, as: UTF8.self).hasPrefix("# \(name)\n"))
  }

  @Test func `what is typed is predicted as any text`() throws {
    let model = try EmbeddedModelCatalog.opener.open(nil)
    let typed = IncrementalPredictor(model)
    for text in ["a dull", "a dull film", "not a dull film", "not a dull film, and fun", ""] {
      let found = try typed.predict(model.tokenizer.encode(text))
      let expected = try model.predict(text)
      #expect(found.encoding == expected.encoding && found.classIndex == expected.classIndex)
      #expect(largestDifference(found.logits, expected.logits) < 1e-5)
    }
  }

  @Test func `the default comes first and other names give nothing`() throws {
    #expect(EmbeddedModelCatalog.names.first == "sentiment")
    #expect(EmbeddedModelCatalog.files(of: "none") == nil)
    #expect(EmbeddedModelCatalog.names.allSatisfy { !EmbeddedModelCatalog.purpose(of: $0).isEmpty })
    #expect(try EmbeddedModelCatalog.opener.open(nil).name == "sentiment")
  }
}

@Test func `the sample is two hundred labelled reviews, and the model is wrong on some of them`()
  throws
{
  let text = String(decoding: SampleReviews.csv, as: UTF8.self)
  let rows = text.split(separator: "\n").dropFirst()
  #expect(rows.count == 200 && Set(rows).count == 200)
  #expect(rows.count { $0.hasSuffix(",positive") } == 100)
  let model = try EmbeddedModelCatalog.opener.open(nil)
  let errors = try rows.count { row in
    let gold = row.hasSuffix(",positive") ? "positive" : "negative"
    let review = row.dropLast(gold.count + 1).filter { $0 != "\"" }
    let prediction = try model.predict(String(review))
    return model.classifier.classes[prediction.classIndex] != gold
  }
  #expect((20...70).contains(errors))
}
