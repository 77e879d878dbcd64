import Foundation
import Testing

private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

private let fixtures = Program.packageFolder.appending(path: "Tests/Fixtures")

/// The program refuses to write there, in one line and without having touched anything.
private func expectRefusal(
  _ arguments: [String], of paths: [String] = [], input: Data = Data(),
  environment: [String: String] = [:], location: SourceLocation = #_sourceLocation
) throws {
  let before = paths.map { FileManager.default.contents(atPath: $0) }
  let result = try Program.run(arguments, input: input, environment: environment)
  #expect(result.status == 2, "\(arguments)", sourceLocation: location)
  #expect(result.error.contains("is read here"), "\(result.error)", sourceLocation: location)
  #expect(lines(result.error).count == 1 && result.output.isEmpty, sourceLocation: location)
  let after = paths.map { FileManager.default.contents(atPath: $0) }
  #expect(before == after, "\(arguments)", sourceLocation: location)
}

@Test func `no result replaces a file of the model`() throws {
  let folder = try TemporaryFolder()
  let manager = FileManager.default
  let model = folder.file("model")
  try manager.copyItem(
    atPath: fixtures.appending(path: "parity/transformers/bert").path, toPath: model)
  // as Hugging Face's cache has it: the folder holds links
  try manager.moveItem(atPath: model + "/config.json", toPath: folder.file("blob"))
  try manager.createSymbolicLink(
    atPath: model + "/config.json", withDestinationPath: folder.file("blob"))
  let weights = model + "/model.safetensors"
  let other = folder.file("model/../model/./model.safetensors")
  try manager.linkItem(atPath: weights, toPath: folder.file("hard"))
  try manager.createSymbolicLink(atPath: folder.file("soft"), withDestinationPath: weights)
  for output in [weights, other, folder.file("hard"), folder.file("soft"), folder.file("blob")] {
    for command in [["predict", "x"], ["explain", "x"], ["probe", "x"], ["inspect"]] {
      try expectRefusal(
        command + ["--model", model, "--output", output], of: [weights, folder.file("blob")])
    }
  }
  let script = folder.file("model.py")
  let program =
    "import sys\nfor line in sys.stdin:\n"
    + "  print('{\"classes\": [\"a\"], \"probabilities\": [[1]], \"batch\": 1}', flush=True)\n"
  try Data(program.utf8).write(to: URL(filePath: script))
  try expectRefusal(
    ["predict", "--model", "exec:python3 '\(script)'", "--output", script, "x"], of: [script])
  let data = folder.file("data.csv")
  try Data("text,label\na,1\n".utf8).write(to: URL(filePath: data))
  try expectRefusal(
    ["evaluate", "--no-cache", "--data", data, "--against", model, "--rows", weights])
  try expectRefusal(["evaluate", "--no-cache", "--data", data, "--model", model, "--rows", weights])
}

@Test func `no result replaces a vocabulary, given or found beside the weights`() throws {
  let folder = try TemporaryFolder()
  let manager = FileManager.default
  let beside = fixtures.appending(path: "fastai-weights/beside").path
  for name in try manager.contentsOfDirectory(atPath: beside) {
    try manager.copyItem(atPath: beside + "/" + name, toPath: folder.file(name))
  }
  let weights = ["--model", folder.file("final.pth")]
  let found = try manager.contentsOfDirectory(atPath: folder.url.path).first {
    $0.contains("vocab") || $0.contains("itos")
  }
  let vocabulary = folder.file(try #require(found))
  try expectRefusal(["predict", "x"] + weights + ["--output", vocabulary], of: [vocabulary])
  try manager.copyItem(atPath: vocabulary, toPath: folder.file("given.json"))
  try expectRefusal(
    ["predict", "x", "--vocab", folder.file("given.json")] + weights
      + ["--output", folder.file("given.json")])
  for name in ["data.csv", "labels.txt"] {
    try Data("text\n".utf8).write(to: folder.url.appending(path: name))
  }
  // a file that only lies beside the data is free
  let free = try Program.run(
    "predict", "--input", folder.file("data.csv"), "--data-format", "txt", "--output",
    folder.file("labels.txt"))
  #expect(free.status == 0, "\(free.error)")
}

@Test func `an import changes nothing of its source`() throws {
  let folder = try TemporaryFolder()
  let manager = FileManager.default
  let source = folder.file("source")
  try manager.copyItem(
    atPath: fixtures.appending(path: "parity/transformers/bert").path, toPath: source)
  try manager.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: source)
  let names = try manager.contentsOfDirectory(atPath: source).sorted()
  for output in ["source", "source/", "source/new", "link/new", "link/a/../b", "source/a/b"] {
    try expectRefusal(["import", source, "--output", folder.file(output)])
    try expectRefusal(["import", folder.file("link"), "--output", folder.file(output)])
  }
  let export = folder.file("export.pkl")
  try manager.copyItem(
    atPath: fixtures.appending(path: "checkpoints/spaces-bidirectional.pkl").path, toPath: export)
  try expectRefusal(["import", export, "--output", export], of: [export])
  #expect(try manager.contentsOfDirectory(atPath: source).sorted() == names)
  // a name that only begins alike is another place
  let beside = try Program.run("import", source, "--output", folder.file("source-2"))
  #expect(beside.status == 0, "\(beside.error)")
}

@Test func `standard input is a file too where the shell says so`() throws {
  let folder = try TemporaryFolder()
  let data = folder.file("data.csv")
  let rows = "text,label\na good film,positive\n"
  try Data(rows.utf8).write(to: URL(filePath: data))
  for call in [
    "predict --input - --data-format csv --output \"$1\" < \"$1\"",
    "predict --input /dev/stdin --data-format csv --output \"$1\" < \"$1\"",
    "predict --output \"$1\" < \"$1\"", "explain < \"$1\" >> \"$1\"",
    "evaluate --no-cache --data - --data-format csv --rows \"$1\" < \"$1\"",
    "explore --log \"$1\" < \"$1\"",
  ] {
    let status = try spawn(
      "bash", ["-c", "\"$0\" \(call) 2> \"$1.err\"", Program.path, data],
      environment: ProcessInfo.processInfo.environment)
    let error = try String(contentsOfFile: data + ".err", encoding: .utf8)
    #expect(status == 2 && error.contains("which is read here"), "\(call)")
    #expect(lines(error).count == 1)
    #expect(try String(contentsOfFile: data, encoding: .utf8) == rows, "\(call)")
  }
}

@Test func `a log goes into nothing that is read or kept`() throws {
  let folder = try TemporaryFolder()
  let manager = FileManager.default
  let data = folder.file("data.csv")
  let model = folder.file("export.pkl")
  try Data("text,label\na,positive\n".utf8).write(to: URL(filePath: data))
  try manager.copyItem(
    atPath: fixtures.appending(path: "checkpoints/spaces-bidirectional.pkl").path, toPath: model)
  try manager.createSymbolicLink(atPath: folder.file("soft"), withDestinationPath: data)
  for log in [data, folder.file("soft")] {
    try expectRefusal(["explore", "--data", data, "--log", log], of: [data])
    try expectRefusal(["--data", data, "--idle-file", log], of: [data])
  }
  try expectRefusal(["--model", model, "--log", model], of: [model])
  // what the last session read is read again
  let state = folder.url.appending(path: "whylight")
  try manager.createDirectory(at: state, withIntermediateDirectories: true)
  let session = state.appending(path: "session.json")
  let text = #"{"text": "x", "cursor": 0, "data": "\#(data)", "model": "\#(model)"}"#
  try Data(text.utf8).write(to: session)
  let environment = ["XDG_STATE_HOME": folder.url.path(percentEncoded: false)]
  for log in [data, model, session.path] {
    try expectRefusal(["--log", log], of: [log], environment: environment)
  }
  let fresh = try Program.run("--fresh", "--log", data, environment: environment)
  #expect(fresh.status == 2 && !fresh.error.contains("is read here"))
}

@Test func `the end of what is typed is said once`() throws {
  let terminal = try Terminal()
  // What is typed before the shell has let go of the terminal would be the shell's.
  try terminal.shell("clear; echo rea''ding; \(Program.path) predict --input -; echo en''ded $?")
  try terminal.wait(for: "reading")
  try terminal.shell("a brilliant film")
  try terminal.tmux("send-keys", "C-d")
  try terminal.wait(for: "ended 0")
}
