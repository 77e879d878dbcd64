import Documents
import Foundation
import Testing

private func folder(_ name: String) -> String {
  Program.packageFolder.appending(path: "Tests/Fixtures/parity/transformers/\(name)").path
}

private func json(_ result: Program.Result) throws -> JSON {
  try JSON(Array(result.output.trimmingCharacters(in: .whitespacesAndNewlines).utf8))
}

private func numbers(_ json: JSON?) -> [Double] {
  guard case .array(let values)? = json else { return [] }
  return values.compactMap { value in
    switch value {
    case .integer(let whole): Double(whole)
    case .number(let real): real
    case .float(let real): Double(real)
    default: nil
    }
  }
}

@Test(arguments: ["bert", "bert-multi-label", "distilbert", "roberta", "albert", "deberta-v3"])
func `a folder of transformers is predicted and explained as it stands`(_ name: String) throws {
  let predicted = try Program.run(
    "predict", "--model", folder(name), "--format", "json", "Not bad at all.")
  #expect(predicted.status == 0 && predicted.error.isEmpty, "\(predicted.error)")
  let prediction = try json(predicted)
  #expect(prediction["model"]?["name"] == .string(name))
  let classes = numbers(prediction["prediction"]?["logits"]).count
  #expect(classes == numbers(prediction["prediction"]?["probabilities"]).count)
  let explained = try Program.run(
    "explain", "--model", folder(name), "--format", "json", "--steps", "20", "Not bad at all.")
  #expect(explained.status == 0 && explained.error.isEmpty, "\(explained.error)")
  let explanation = try json(explained)
  // The model has a mask, so that is where the path begins.
  #expect(explanation["parameters"]?["baseline"] == .string("mask"))
  guard case .array(let tokens)? = explanation["tokens"] else {
    Issue.record("no tokens")
    return
  }
  #expect(numbers(explanation["scores"]).count == tokens.count)
  #expect(tokens.count > 3 && tokens[0]["special"] == .bool(true))
  let occluded = try json(
    try Program.run(
      "explain", "--model", folder(name), "--format", "json", "--method", "occlusion",
      "Not bad at all."))
  #expect(occluded["parameters"]?["replacement"] == .string("mask"))
}

@Test func `a folder that can't be opened is one line`() throws {
  let none = try Program.run("predict", "--model", folder("electra"), "text")
  #expect(none.status == 2)
  #expect(none.error.contains("tokenizer.json"))
  #expect(none.error.split(separator: "\n").count == 1)
  let copy = try TemporaryFolder()
  let config = #"{"model_type": "bert", "architectures": ["BertModel"]}"#
  try Data(config.utf8).write(to: copy.url.appending(path: "config.json"))
  let encoder = try Program.run("predict", "--model", copy.url.path, "text")
  #expect(encoder.status == 2)
  #expect(encoder.error.contains("BertModel is an encoder of texts without a classification head"))
  #expect(encoder.error.split(separator: "\n").count == 1)
  let inspected = try Program.run("inspect", "--model", folder("deberta-v3"))
  #expect(inspected.status == 0)
  #expect(inspected.output.contains("position_buckets") && inspected.output.contains("Unigram"))
}

@Test(arguments: ["albert", "deberta-v3"])
func `the space that a piece begins with is not painted`(_ name: String) throws {
  let page = try Program.run(
    "explain", "--model", folder(name), "--format", "html", "--method", "occlusion",
    "a good film is not bad")
  #expect(page.status == 0 && page.output.contains("</span> <span"), "\(page.error)")
  #expect(!page.output.contains("\"> "))
}
