import Documents
import Foundation
import Testing

/// A query with a list of candidates: `predict` ranks them, and `explain --versus` says why the
/// first stands before another.
@Suite struct `candidates on the command line` {
  private static func path(_ name: String) -> String {
    Program.packageFolder.appending(path: "Tests/Fixtures/parity/pairs/\(name)").path
  }

  private static let query = "How is the film?"
  private static let candidates = [
    "bad", "Nothing is as good. The rest is bad.", "It is a small wonder.", "good film",
  ]
  private static let ranker = ["--model", path("cross-identity"), query]

  private static func pairs(_ texts: [String] = candidates) -> [String] {
    texts.flatMap { ["--pair", $0] }
  }

  private func lines(_ arguments: [String]) throws -> [JSON] {
    let found = try Program.run(arguments + ["--format", "jsonl"])
    try #require(found.status == 0, "\(found.error)")
    return try found.output.split(separator: "\n").map { try JSON(Array($0.utf8)) }
  }

  /// The candidates with the best one first; they are written in the order given.
  private func ranked(_ arguments: [String]) throws -> [JSON] {
    let found = try lines(["predict"] + arguments)
    #expect(found.map { $0["index"] } == found.indices.map { .integer($0) })
    return found.sorted { ($0["rank"]?.number ?? .nan) < ($1["rank"]?.number ?? .nan) }
  }

  private func score(_ line: JSON, _ classIndex: Int = 0) -> Double {
    line["prediction"]?["probabilities"]?.items[classIndex].number ?? .nan
  }

  @Test func `are ranked by their score, each with what it is alone`() throws {
    let ranked = try self.ranked(Self.ranker + Self.pairs())
    #expect(ranked.map { $0["rank"] } == (1...4).map { .integer($0) })
    let alone = try Self.candidates.map { candidate in
      score(try lines(["predict"] + Self.ranker + Self.pairs([candidate]))[0])
    }
    #expect(Set(alone).count == 4)
    let order = alone.indices.sorted { alone[$0] > alone[$1] }
    #expect(order != Array(alone.indices))
    #expect(ranked.map { $0["pair"] } == order.map { .string(Self.candidates[$0]) })
    #expect(ranked.map { $0["index"] } == order.map { .integer($0) })
    #expect(ranked.map { score($0) } == order.map { alone[$0] })
  }

  @Test func `have their rank as text, the best first, and as a table in the order given`() throws {
    let texts = try ranked(Self.ranker + Self.pairs()).map { line -> String in
      guard case .string(let text)? = line["pair"] else { return "" }
      return text
    }
    let text = try Program.run(["predict"] + Self.ranker + Self.pairs()).output
    let rows = text.split(separator: "\n")
    #expect(rows.count == 4)
    for (place, (row, candidate)) in zip(rows, texts).enumerated() {
      #expect(row.hasPrefix("\(place + 1)   LABEL_0 ") && row.hasSuffix("| \(candidate)"))
    }
    let csv = try Program.run(["predict", "--format", "csv"] + Self.ranker + Self.pairs()).output
    let cells = csv.split(separator: "\n")
    #expect(cells.first?.hasSuffix(",pair,rank") == true)
    #expect(cells.count == 5)
    for (row, candidate) in zip(cells.dropFirst(), Self.candidates) {
      let rank = try #require(texts.firstIndex(of: candidate)) + 1
      #expect(row.hasSuffix(",\(candidate),\(rank)"))
    }
    let one = try Program.run(["predict", "--format", "csv"] + Self.ranker + Self.pairs(["bad"]))
    #expect(one.output.split(separator: "\n").first?.hasSuffix(",pair") == true)
  }

  @Test func `of several classes are ranked by the one that is named`() throws {
    let call = ["predict", "--model", Self.path("bert"), Self.query] + Self.pairs()
    let plain = try Program.run(call + ["--format", "jsonl"])
    #expect(plain.status == 0 && !plain.output.contains(#""rank""#))
    #expect(plain.error.contains("--target CLASS says whose score ranks the candidates"))
    for (name, classIndex) in [("LABEL_1", 1), ("2", 2)] {
      let ranked = try self.ranked(call.dropFirst() + ["--target", name])
      let scores = ranked.map { score($0, classIndex) }
      #expect(scores == scores.sorted(by: >) && Set(scores).count == 4)
      #expect(ranked.map { $0["rank"] } == (1...4).map { .integer($0) })
    }
  }

  /// The law, from outside: each word counts what it does more beside the first candidate.
  @Test(arguments: ["integrated-gradients", "shapley-sampling", "occlusion"])
  func `are compared by the explanations of both`(_ method: String) throws {
    let ranked = try self.ranked(Self.ranker + Self.pairs())
    let contrast = try #require(
      try lines(
        ["explain", "--method", method, "--versus", "3"] + Self.ranker + Self.pairs()
      ).first)
    let both = [ranked[0], ranked[2]]
    #expect(contrast["ranks"] == .array([.integer(1), .integer(3)]))
    let candidates = try #require(contrast["candidates"]).items
    #expect(candidates.map { $0["pair"] } == both.map { $0["pair"] })
    let alone = try both.map { line -> JSON in
      guard case .string(let text)? = line["pair"] else { return .null }
      return try lines(["explain", "--method", method] + Self.ranker + Self.pairs([text]))[0]
    }
    #expect(candidates.map { $0["scores"] } == alone.map { $0["scores"] })
    let difference = score(both[0]) - score(both[1])
    #expect(difference > 0)
    #expect(abs((contrast["difference"]?.number ?? 0) - difference) < 1e-5)
    let sums = alone.map { $0["scores"]?.items.compactMap(\.number).reduce(0, +) ?? .nan }
    let contributions = try #require(contrast["contributions"]).items
    let sum = contributions.compactMap { $0["score"]?.number }.reduce(0, +)
    #expect(abs(sum - (sums[0] - sums[1])) < 1e-4)
    #expect(abs((contrast["sum"]?.number ?? .nan) - sum) < 1e-4)
  }

  @Test func `differ by what their words and the absence of all words contribute`() throws {
    let ranked = try self.ranked(Self.ranker + Self.pairs())
    func contrast(_ method: String) throws -> JSON {
      try #require(
        try lines(["explain", "--method", method, "--versus", "4"] + Self.ranker + Self.pairs())
          .first)
    }
    for method in ["integrated-gradients", "deeplift", "kernel-shap"] {
      let found = try contrast(method)
      let words = try #require(found["contributions"]).items.compactMap { $0["score"]?.number }
      let absent = try #require(found["reference_difference"]?.number)
      let gap = try #require(found["convergence_delta"]?.number)
      let sum = words.reduce(0, +) + absent - gap
      #expect(abs(sum - (score(ranked[0]) - score(ranked[3]))) < 1e-4, "\(method)")
    }
    // It promises no sum.
    let found = try contrast("occlusion")
    #expect(found["reference_difference"] == .null && found["convergence_delta"] == .null)
  }

  @Test func `are named by rank or by text, also where numbers are classes`() throws {
    let ranked = try self.ranked(Self.ranker + Self.pairs())
    guard case .string(let third)? = ranked[2]["pair"] else {
      Issue.record("no third candidate")
      return
    }
    func contrast(_ name: String, _ call: [String] = Self.ranker) throws -> JSON {
      let found = try lines(
        ["explain", "--method", "occlusion", "--versus", name] + call + Self.pairs())
      #expect(found.count == 1)
      return found[0]
    }
    let byRank = try contrast("3")["contributions"]
    #expect(byRank != nil)
    #expect(try contrast("rank:3")["contributions"] == byRank)
    #expect(try contrast(third)["contributions"] == byRank)
    let several = ["--model", Self.path("bert"), "--target", "LABEL_1", Self.query]
    #expect(try contrast("rank:2", several)["target"]?["index"] == .integer(1))
    // As it was: a class is a class, of each pair by itself.
    let byClass = try lines(
      ["explain", "--method", "occlusion", "--versus", "2"] + several + Self.pairs())
    #expect(
      byClass.map { $0["target"]?["versus"] }
        == Self.candidates.map { _ in "LABEL_2" }
        .map { .string($0) })
    #expect(byClass.map { $0["pair"] } == Self.candidates.map { .string($0) })
  }

  @Test(arguments: ["text", "csv", "html", "svg", "markdown"])
  func `are compared in every format`(_ format: String) throws {
    let found = try Program.run(
      ["explain", "--format", format, "--versus", "2"] + Self.ranker + Self.pairs())
    #expect(found.status == 0 && found.error.isEmpty)
    #expect(found.output.contains(format == "csv" ? ",LABEL_0,2,##nder," : "rank 2"))
    #expect(found.output.contains("film") && found.output.lowercased().contains("nothing"))
  }

  @Test func `are compared by all methods with a sign, one below the other`() throws {
    let found = try lines(
      ["explain", "--method", "all", "--versus", "2"] + Self.ranker + Self.pairs())
    let methods = Set(found.compactMap { $0["method"]?.line })
    #expect(methods.count == found.count && found.count > 8)
    #expect(!methods.contains { $0.contains("attention-rollout") })
  }

  @Test(arguments: [
    (["--versus", "1"], "the candidate that ranks first"),
    (["--versus", "5"], "there are 4 candidates; give a rank from 2 to 4"),
    (["--versus", "0"], "give a rank from 2 to 4"), (["--versus", "rank:x"], "no candidate is"),
    (["--versus", "nobody"], "give the text of one, or its rank, from 2 to 4"),
    (["--versus", "2", "--format", "atoms"], "can't be written as atoms"),
    (["--versus", "2", "--measure", "sufficiency"], "--measure is for one pair"),
    (["--versus", "2", "--interactions", "2"], "--interactions is for one pair"),
    (["--versus", "2", "--spellings", "3"], "--spellings is for one pair"),
    (["--versus", "2", "--view", "molecule"], "--view molecule is for one pair"),
    (["--versus", "2", "--method", "attention"], "not for which candidate it speaks"),
    (["--versus", "2", "--target", "nobody"], "no class 'nobody'"),
  ])
  func `are refused in one line`(_ options: [String], _ sentence: String) throws {
    try expectUsage(["explain"] + options + Self.ranker + Self.pairs(), sentence)
  }

  @Test func `need several second texts for one text, and a class that ranks`() throws {
    let one = ["explain", "--versus", "2"] + Self.ranker
    try expectUsage(one + Self.pairs(["bad"]), "give one text and several of --pair")
    try expectUsage(one, "give one text and several of --pair")
    try expectUsage(one + ["another"] + Self.pairs(["bad", "good"]), "several of --pair")
    let folder = try TemporaryFolder()
    try Data("a film\n".utf8).write(to: URL(filePath: folder.file("texts.txt")))
    let file = ["--model", Self.path("cross-identity"), "--input", folder.file("texts.txt")]
    try expectUsage(
      ["predict"] + file + Self.pairs(), "--pair is given 4 times and --input has many texts")
    try expectUsage(
      ["explain", "--versus", "2"] + file + Self.pairs(), "give one text and several of --pair")
    try expectUsage(
      ["predict", "--target", "0"] + Self.ranker + Self.pairs(["bad"]), "--target ranks candidates")
    let several = ["--model", Self.path("bert"), Self.query] + Self.pairs()
    try expectUsage(
      ["explain", "--versus", "rank:2"] + several,
      "the model has 3 classes; --target CLASS says whose score ranks the candidates")
    try expectUsage(
      ["explain", "--versus", "nobody"] + several,
      "no class and no candidate is 'nobody'")
    let labels = Program.packageFolder.appending(path: "Tests/Fixtures/parity/zero-shot/bert").path
    try expectUsage(
      [
        "explain", "--versus", "rank:2", "--target", "good", "--model", labels, "--labels",
        "good, bad",
      ]
        + ["a film"] + Self.pairs(), "with --labels the model reads one text")
  }

  private func expectUsage(_ call: [String], _ sentence: String) throws {
    let found = try Program.run(call)
    #expect(found.status == 2 && found.output.isEmpty, "\(call)")
    #expect(found.error.contains(sentence), "\(found.error)")
    #expect(found.error.split(separator: "\n").count == 1)
  }
}
