import Foundation
import Testing

/// The program with two texts beside labels, in windows, and with integrated Hessians.
struct PairCommandTests {
  private func path(_ name: String) -> String {
    Program.packageFolder.appending(path: "Tests/Fixtures/parity/\(name)").path
  }

  @Test func `a second text beside labels is refused by what stands in its place`() throws {
    let options = ["--model", path("zero-shot/bert"), "--labels", "good, bad"]
    let alone = try Program.run(["predict"] + options + ["a film"])
    #expect(alone.status == 0 && alone.output.contains("good"))
    for command in ["predict", "explain"] {
      let both = try Program.run([command] + options + ["a film", "--pair", "not good"])
      #expect(both.status != 0)
      #expect(both.error.contains("with --labels the model reads one text"))
    }
  }

  @Test func `a long second text is read in windows, and both sides of the reading are said`()
    throws
  {
    let long = String(repeating: "the film is bad and the rest is bad . ", count: 6)
    let texts = ["How is the film?", "--pair", long]
    let model = ["--model", path("pairs/bert")]
    let cut = try Program.run(["predict"] + model + texts)
    #expect(cut.status == 0 && !cut.output.contains("windows"))
    let read = try Program.run(["predict"] + model + ["--windows"] + texts)
    #expect(read.status == 0)
    #expect(read.output.contains("the second text is read in"))
    #expect(read.output.contains("each beside the first one"))
    let json = try Program.run(
      ["explain"] + model + ["--windows", "30", "--method", "deeplift", "--format", "json"] + texts)
    #expect(json.output.contains(#""part": 1, "ranges""#))
  }

  @Test func `interactions name their method`() throws {
    let base = [
      "explain", "--model", path("pairs/bert"), "--method", "deeplift", "How is the film?",
      "--pair",
      "It is a small wonder.",
    ]
    let given = ["--interactions", "2", "--interaction-method", "hessian"]
    let text = try Program.run(base + given)
    #expect(text.status == 0 && text.output.contains("integrated Hessians from mask"))
    let json = try Program.run(base + given + ["--format", "json"])
    #expect(json.output.contains(#""method": "hessian""#))
    #expect(json.output.contains(#""baseline": "mask""#))
    let alone = try Program.run(base + ["--interaction-method", "hessian"])
    #expect(alone.status != 0 && alone.error.contains("--interactions"))
  }
}
