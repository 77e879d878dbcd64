import Foundation
import Testing

/// The program with adapters of peft.
struct AdapterCommandTests {
  private func path(_ name: String) -> String {
    Program.packageFolder.appending(path: "Tests/Fixtures/adapters/\(name)").path
  }

  @Test func `a base is found beside its adapter, or given, also by a path with spaces`() throws {
    let found = try Program.run(["predict", "--model", path("bert/adapter"), "w1 w2"])
    #expect(found.status == 0)
    #expect(found.output.contains("LABEL_"))
    let folder = try TemporaryFolder()
    for part in ["adapter", "base"] {
      try FileManager.default.copyItem(
        atPath: path("bert/\(part)"), toPath: folder.file("my \(part == "base" ? "model" : part)"))
    }
    let adapter = folder.file("my adapter")
    let alone = try Program.run(["predict", "--model", adapter, "w1 w2"])
    #expect(alone.status == 2)
    #expect(alone.error.contains("--base FOLDER"))
    let options = ["--model", adapter, "--base", folder.file("my model")]
    let given = try Program.run(["predict"] + options + ["w1 w2"])
    #expect(given.output == found.output)
    let line = ["--model", "\(adapter) --base \(folder.file("my model"))"]
    #expect(try Program.run(["predict"] + line + ["w1 w2"]).output == found.output)
    // What is read of the base is not written over.
    let vocabulary = folder.file("my model") + "/vocab.txt"
    let over = try Program.run(["predict"] + options + ["--output", vocabulary, "w1 w2"])
    #expect(over.status == 2)
  }

  @Test(arguments: [
    ("refused-dora", "use_dora"), ("refused-ia3", "IA3"), ("refused-prompt", "PROMPT_TUNING"),
    ("refused-random-head", "'pooler.dense.weight'"),
  ])
  func `an adapter that can't be put on its base is refused in one line`(
    name: String, says: String
  ) throws {
    let result = try Program.run(["inspect", "--model", path(name + "/adapter")])
    #expect(result.status == 2)
    #expect(result.error.contains(says))
    #expect(result.error.split(separator: "\n").count == 1)
  }
}
