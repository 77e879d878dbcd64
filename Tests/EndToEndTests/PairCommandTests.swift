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

  /// Of a folder's pairs, what transformers says.
  private struct Answer: Decodable {
    var first: String
    var second: String
    var logits: [Double]

    var best: Int { logits.indices.max { logits[$0] < logits[$1] } ?? 0 }
    var probabilities: [Double] {
      let powers = logits.map { exp($0) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
  }

  private struct Evaluated: Decodable {
    struct Row: Decodable {
      var probabilities: [Double]
      var pair: String?
    }

    struct Columns: Decodable {
      var pair: String?

      enum CodingKeys: String, CodingKey {
        case pair = "pair_column"
      }
    }

    var accuracy: Double
    var rows: Int
    var data: Columns
  }

  /// Every third label is another than transformers' answer to both texts.
  @Test func `an evaluation is of both texts, by names and by the columns that are given`() throws {
    let data = try Data(contentsOf: URL(filePath: path("pairs/bert/pairs.json")))
    let answers = try JSONDecoder().decode([Answer].self, from: data).filter {
      !$0.first.isEmpty && !$0.second.isEmpty
    }
    let labels = answers.enumerated().map { $0.isMultiple(of: 3) ? ($1.best + 1) % 3 : $1.best }
    let right = zip(answers, labels).count { $0.best == $1 }
    try #require(answers.count > 5)
    let folder = try TemporaryFolder()
    func evaluate(
      _ names: [String], _ arguments: [String]
    ) throws -> (result: Evaluated, rows: [Evaluated.Row]) {
      let lines = try zip(answers, labels).map { answer, label in
        let values = [answer.first, answer.second, "LABEL_\(label)"]
        return try JSONSerialization.data(
          withJSONObject: Dictionary(uniqueKeysWithValues: zip(names, values)))
      }
      try Data(lines.joined(separator: Data("\n".utf8))).write(
        to: URL(filePath: folder.file("data.jsonl")))
      let result = try Program.run(
        [
          "evaluate", "--model", path("pairs/bert"), "--data", folder.file("data.jsonl"),
          "--format", "json", "--no-cache", "--rows", folder.file("rows.jsonl"),
        ] + arguments)
      try #require(result.status == 0, "\(result.error)")
      let rows = try String(contentsOfFile: folder.file("rows.jsonl"), encoding: .utf8)
      try FileManager.default.removeItem(atPath: folder.file("rows.jsonl"))
      return (
        try JSONDecoder().decode(Evaluated.self, from: Data(result.output.utf8)),
        try rows.split(separator: "\n").map {
          try JSONDecoder().decode(Evaluated.Row.self, from: Data($0.utf8))
        }
      )
    }
    let given = ["--text-column", "a", "--pair-column", "b", "--label-column", "c"]
    for (names, arguments) in [
      (["a", "b", "c"], given), (["text", "b", "label"], ["--pair-column", "b"]),
      (["text", "pair", "label"], []), (["premise", "hypothesis", "gold"], []),
    ] {
      let (result, rows) = try evaluate(names, arguments)
      #expect(result.rows == answers.count && result.data.pair == names[1])
      #expect(abs(result.accuracy - Double(right) / Double(answers.count)) < 1e-6)
      for (row, answer) in zip(rows, answers) {
        #expect(row.pair == answer.second)
        for (found, expected) in zip(row.probabilities, answer.probabilities) {
          #expect(abs(found - expected) < 1e-4, "\(answer.first) | \(answer.second)")
        }
      }
    }
    // The first texts alone are something else.
    let alone = try evaluate(["a", "b", "c"], Array(given.prefix(2) + given.suffix(2)))
    #expect(alone.result.data.pair == nil)
    #expect(
      zip(alone.rows, answers).contains { row, answer in
        zip(row.probabilities, answer.probabilities).contains { abs($0 - $1) > 0.01 }
      })
  }

  @Test func `an evaluation with labels of one's own takes no second text`() throws {
    let folder = try TemporaryFolder()
    let rows = """
      {"text": "a film", "label": "good"}
      {"text": "a film", "pair": "not good", "label": "bad"}
      {"text": "the rest", "label": "bad"}
      """
    try Data(rows.utf8).write(to: URL(filePath: folder.file("data.jsonl")))
    let options = [
      "evaluate", "--model", path("zero-shot/bert"), "--labels", "good, bad", "--no-cache",
      "--data", folder.file("data.jsonl"),
    ]
    let given = try Program.run(options + ["--pair-column", "pair"])
    #expect(given.status == 2)
    #expect(given.error.contains("with --labels the model reads one text"))
    // A row by itself is listed with its line, and the others are evaluated.
    let found = try Program.run(options + ["--format", "json"])
    #expect(found.status == 1)
    #expect(found.output.contains(#""rows": 2"#))
    #expect(found.output.contains("with --labels the model reads one text"))
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
    #expect(read.output.contains("each together with the first text"))
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
