import Foundation
import Testing

/// Whether a line has something as Swift spells it: `wrongShape(tensor: "a", expected: [1])`.
func isSwift(_ line: String) -> Bool {
  line.contains(/\b[a-z][A-Za-z]*\(([a-z][A-Za-z]*: |"|[A-Z][A-Za-z]*\.[a-z])/)
    || line.contains(/Optional\(|Error error|__C\.|NSCocoa|\.swift\b/)
}

/// The sources of the program, by their paths.
private func sources(_ folder: String = "Sources") throws -> [(path: String, text: String)] {
  let root = Program.packageFolder.appending(path: folder)
  return try FileManager.default.subpathsOfDirectory(atPath: root.path)
    .filter { $0.hasSuffix(".swift") }.map {
      ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8))
    }
}

@Test func `all errors that leave their modules have a sentence`() throws {
  let declaration =
    /(?m)^ *(public |package |private |fileprivate )?(?:indirect )?(?:enum|struct|final class) (\w+): ([^{]*)\{/
  var errors: Set<String> = []
  var explained: Set<Substring> = []
  for (path, text) in try sources() {
    for match in text.matches(of: declaration)
    where match.3.contains(/\b(Error|TextError)\b/) {
      let isProgram = path.hasPrefix("whylight/")
      if isProgram || match.1 == "public " { errors.insert(String(match.2)) }
    }
    guard path.hasPrefix("whylight/") else { continue }
    for match in text.matches(of: /extension (\w+): Explained/) { explained.insert(match.1) }
  }
  #expect(errors.count >= 18)
  for error in errors {
    #expect(
      explained.contains(Substring(error)), "\(error) has no sentence: extend it to Explained")
  }
}

@Test func `a new kind of error does not compile without its sentence`() throws {
  // A switch with a default would take it in silence.
  let messages = try sources("Sources/whylight/Output").filter { $0.path.hasPrefix("Messages") }
  #expect(messages.count > 4)
  for (path, text) in messages {
    #expect(!text.contains("default:") && !text.contains("String(describing"), "\(path)")
  }
}

/// Models that can't be opened, or can't answer, each for a reason of its own.
private let refused = [
  "checkpoints/refused-language-model.pkl", "checkpoints/refused-own-model.pkl",
  "checkpoints/refused-own-rule.pkl", "fastai-own/letters.pkl",
  "fastai-own/letters.pkl --tokenizer letter", "fastai-own/letters.pkl --tokenizer regex:(",
  "checkpoints/refused-tabular.pkl", "checkpoints/refused-vision.pkl",
  "checkpoints/refused-weights.pth", "checkpoints/generate.py", "checkpoints",
  "fastai-decisions/refused-axis.pkl", "fastai-decisions/refused-rule.pkl",
  "fastai-decisions/refused-transform.pkl", "fastai-weights/refused/encoder.pth",
  "fastai-weights/refused/no-vocabulary.pth", "fastai-weights/refused/other.pth",
  "fastai-weights/refused/qrnn.pth", "parity/transformers/electra",
  "parity/transformers/bert/model.safetensors", "parity/transformers/bert/tokenizer.json",
  "wrapped-weights/lightning.bin", "pickles/protocol-0.pkl", "none", "widths",
]

@Test(arguments: refused)
func `a model that can't be opened is one line in plain words`(_ name: String) throws {
  let path = Program.packageFolder.appending(path: "Tests/Fixtures/\(name)").path
  for command in ["predict", "inspect"] {
    let result = try Program.run(
      [command, "--model", path] + (command == "predict" ? ["a text"] : []))
    #expect(result.status == 2 && result.output.isEmpty, "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
    #expect(!isSwift(result.error) && !result.error.contains("--help"), "\(result.error)")
  }
}

@Test func `a text with a token that has no row keeps no other text from its answer`() throws {
  let folder = try TemporaryFolder()
  let model = folder.url.appending(path: "model")
  try FileManager.default.copyItem(
    at: Program.packageFolder.appending(path: "Tests/Fixtures/parity/transformers/bert"), to: model)
  let tokenizer = model.appending(path: "tokenizer.json")
  let text = try String(contentsOf: tokenizer, encoding: .utf8)
  let added = text.replacing(
    #""added_tokens": ["#,
    with: #""added_tokens": [{"id": 80, "content": "covid", "special": false},"#
  )
  try Data(added.utf8).write(to: tokenizer)
  let rows = "text,label\ncovid again,LABEL_0\nnot bad,LABEL_1\nbad,LABEL_2\n"
  try Data(rows.utf8).write(to: folder.url.appending(path: "rows.csv"))

  let commands = [
    ["predict", "--input", folder.file("rows.csv")],
    ["explain", "--method", "occlusion", "--input", folder.file("rows.csv")],
    ["evaluate", "--no-cache", "--data", folder.file("rows.csv")],
  ]
  for command in commands {
    let result = try Program.run(command + ["--model", model.path])
    #expect(result.status == 1, "\(command): \(result.error)")
    let said = result.error + result.output
    #expect(said.contains("80 rows"), "\(said)")
    #expect(said.contains("covid") && !isSwift(said), "\(said)")
    #expect(!result.output.isEmpty, "the other rows have no answer: \(said)")
  }
  let probe = try Program.run("probe", "--model", model.path, "covid again")
  #expect(probe.status == 1 && !isSwift(probe.error) && !probe.error.contains("--help"))
}
