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

@Test(arguments: [
  "bert", "bert-multi-label", "distilbert", "roberta", "albert", "deberta-v3", "longformer",
])
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

@Test(arguments: [("bert", 92), ("roberta", 94), ("albert", 93)])
func `what a model did not read of a text is told`(_ name: String, _ tokens: Int) throws {
  let text = String(repeating: "film ", count: 90)
  let sentence = "The model read the first 64 of \(tokens) tokens; it did not see the rest."
  for command in [["predict"], ["explain", "--method", "saliency"]] {
    let arguments = command + ["--model", folder(name)]
    let truncated = try json(try Program.run(arguments + ["--json", text]))["truncated"]
    // The peer counts so many tokens.
    #expect(truncated?["tokens"] == .integer(tokens))
    #expect(truncated?["read"] == .integer(64))
    #expect(truncated?["side"] == .string("right"))
    #expect(try Program.run(arguments + [text]).output.contains(sentence))
    let short = try Program.run(arguments + ["--json", "a film"])
    #expect(try json(short)["truncated"] == .null)
    #expect(!(try Program.run(arguments + ["a film"]).output.contains("did not see")))
  }
  for format in ["html", "markdown", "svg"] {
    let page = try Program.run(
      "explain", "--model", folder(name), "--method", "saliency", "--format", format, text)
    #expect(page.output.contains("64 of \(tokens) tokens"), "\(format)")
    #expect(format != "html" || page.output.contains("<span class=\"unread\">"))
  }
}

@Test func `one output is a probability unless the configuration says regression`() throws {
  // the regression's weights with the tokenizer of a model of the same vocabulary
  let copy = try TemporaryFolder()
  for (source, name) in [
    ("bert-regression", "config.json"), ("bert-regression", "model.safetensors"),
    ("bert", "tokenizer.json"), ("bert", "tokenizer_config.json"),
  ] {
    try FileManager.default.copyItem(
      atPath: folder(source) + "/" + name, toPath: copy.url.appending(path: name).path)
  }
  let number = try Program.run("predict", "--model", copy.url.path, "not bad at all.")
  #expect(number.output.contains("(a number, not a probability)"))
  let configuration = copy.url.appending(path: "config.json")
  let settings = try String(contentsOf: configuration, encoding: .utf8)
  try Data(settings.replacing("\"regression\"", with: "null").utf8).write(to: configuration)
  // What transformers' pipeline says of the same folder.
  for (text, score) in [("not bad at all.", 0.66141045), ("a dull film", 0.72957057)] {
    let result = try json(try Program.run("predict", "--model", copy.url.path, "--json", text))
    let answer = result["prediction"]?["probabilities"] ?? .null
    let probability = numbers(.array([answer])).first ?? .nan
    #expect(abs(probability - score) < 1e-5)
  }
  let text = try Program.run("predict", "--model", copy.url.path, "a dull film")
  #expect(text.output.hasPrefix("LABEL_0 0.730   (the probability that the label applies)"))
  let facts = try Program.run("inspect", "--model", copy.url.path)
  #expect(facts.output.contains("not given") && facts.output.contains("gives no problem_type"))
  let explained = try json(
    try Program.run(
      "explain", "--model", copy.url.path, "--json", "--score", "probability", "a dull film"))
  let value = numbers(.array([explained["target"]?["value"] ?? .null])).first ?? .nan
  #expect(abs(value - 0.72957057) < 1e-5)
  let evaluated = try Program.run(
    ["evaluate", "--model", copy.url.path, "--data", "-", "--data-format", "csv", "--json"],
    input: Data("text,LABEL_0\na dull film,1\nfilm,0\n".utf8))
  #expect(try json(evaluated)["accuracy"] == .number(0.5), "\(evaluated.error)")
}
