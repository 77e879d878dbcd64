import Documents
import Foundation
import Testing

private func lines(_ result: Program.Result) throws -> [JSON] {
  try result.output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
}

@Test func `a model that was imported says the same, and its folder is written once`() throws {
  let folder = try TemporaryFolder()
  let source = Program.packageFolder.appending(
    path: "Tests/Fixtures/checkpoints/spaces-bidirectional.pkl"
  ).path
  let output = folder.file("out")
  let imported = try Program.run("import", source, "--output", output, "--name", "mine")
  #expect(imported.status == 0 && imported.output.contains("mine, awd-lstm, 5 classes"))
  let card = try String(contentsOfFile: output + "/MODEL_CARD.md", encoding: .utf8)
  #expect(card.contains("spaces-bidirectional.pkl") && card.contains("36 → 50 → 5"))
  func prediction(_ model: String) throws -> JSON? {
    try lines(try Program.run("predict", "--model", model, "--json", "good, bad film")).first?[
      "prediction"]
  }
  #expect(try prediction(source) == (try prediction(output)))
  let again = try Program.run("import", source, "--output", output)
  #expect(again.status == 2 && again.error.contains("not empty"))
  let refused = try Program.run("import", "/no/such", "--output", folder.file("other"))
  #expect(refused.status == 2)
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["out"])
}

@Test func `a program behind a pipe is a model`() throws {
  let program =
    #"exec:while read -r x; do echo '{"classes": ["a", "b"], "probabilities": [[0.25, 0.75]], "batch": 1}'; done"#
  let predicted = try Program.run("predict", "--model", program, "--json", "x")
  #expect(predicted.status == 0 && predicted.output.contains("0.75"))
  let explained = try Program.run("explain", "--model", program, "--json", "x y")
  #expect(try lines(explained).map { $0["method"] } == [.string("occlusion")])
  let refused = try Program.run("explain", "--model", program, "--method", "saliency", "x")
  #expect(refused.status == 2 && refused.error.contains("gradients"))
  let ended = try Program.run("predict", "--model", "exec:exit 3", "x")
  #expect(ended.status == 2 && ended.error.contains("ended with status 3"))
  let message =
    #"exec:read -r x; echo '{"classes": ["a"]}'; while read -r x; do echo '{"error": "no"}'; done"#
  let bad = try Program.run(
    "predict", "--model", message, "--input", "-", "--format", "jsonl",
    input: Data("{\"text\": \"x\"}\n{\"text\": \"y\"}\n".utf8))
  #expect(bad.status == 1)
  #expect(
    try lines(bad).map { $0["error"] } == [
      .string("the program says: no"), .string("the program says: no"),
    ])
}

@Test func `a tokenizer of the author's is asked for, taken, and kept by an import`() throws {
  func fixture(_ path: String) -> String {
    Program.packageFolder.appending(path: "Tests/Fixtures/\(path)").path
  }
  let source = fixture("fastai-own/smiles-pattern.pkl")
  let refused = try Program.run("predict", "--model", source, "CCO")
  #expect(refused.status == 2)
  for part in ["SmilesPattern", "--tokenizer NAME", "smiles-characters", "'Cl'", "best guess"] {
    #expect(refused.error.contains(part), "\(refused.error)")
  }
  let folder = try TemporaryFolder()
  let output = folder.file("out")
  let option = ["--tokenizer", "xxbos smiles"]
  let imported = try Program.run(["import", source, "--output", output] + option)
  #expect(imported.status == 0, "\(imported.error)")
  let text = "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O"
  func explanation(_ model: [String]) throws -> JSON? {
    let result = try Program.run(
      ["explain", "--method", "grad-cam", "--format", "json"] + model + [text])
    return try JSON(Array(result.output.utf8))
  }
  let own = try #require(try explanation(["--model", source] + option))
  let kept = try #require(try explanation(["--model", output]))
  #expect(own["scores"] == kept["scores"] && own["tokens"] == kept["tokens"])
  guard case .array(let pieces)? = own["tokens"] else {
    Issue.record("no tokens")
    return
  }
  let tokens = pieces.compactMap { $0["text"] }
  #expect(tokens.count == 49 && tokens.first == .string("xxbos"))
  #expect(tokens.contains(.string("Cl")))
  let line = try explanation(["--model", source + " --tokenizer xxbos smiles"])
  #expect(line?["scores"] == own["scores"])
  for model in [output, fixture("parity/transformers/bert")] {
    let unused = try Program.run(["predict", "--model", model, "x"] + option)
    #expect(unused.status == 2 && unused.error.contains("--tokenizer is of no use"))
  }
  let inspected = try Program.run(["inspect", "--model", output])
  #expect(inspected.output.contains("molecules as SMILES"))
  #expect(inspected.output.contains("split as 'xxbos smiles' says"))
}

@Test func `a molecule is explained token by token by the model that comes along`() throws {
  let text = "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O"
  let result = try Program.run(
    "explain", "--model", "molecules", "--method", "grad-cam", "--format", "json", text)
  #expect(result.status == 0, "\(result.error)")
  let answer = try JSON(Array(result.output.utf8))
  guard case .array(let tokens)? = answer["tokens"], case .array(let scores)? = answer["scores"]
  else {
    Issue.record("no tokens or scores")
    return
  }
  #expect(tokens.count == 49 && scores.count == 49)
  let told = try Program.run("models")
  #expect(told.output.contains("molecules") && told.output.contains("ROC-AUC"))
}
