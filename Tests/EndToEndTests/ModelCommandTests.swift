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
