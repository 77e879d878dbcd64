import Documents
import Foundation
import Testing

private let reviews = """
  id,text,label
  a,a brilliant and moving film,positive
  b,"dull, boring
  and far too long",NEGATIVE
  c,wonderful,1
  d,what a mess,maybe
  e,a brilliant film,negative
  f,only two
  """

private func evaluate(_ input: Data, _ arguments: String...) throws -> Program.Result {
  try Program.run(
    ["evaluate", "--data", "-", "--data-format", "csv", "--no-cache"] + arguments, input: input)
}

@Test func `an evaluation has every field of the contract, and bad rows in place`() throws {
  let result = try evaluate(Data(reviews.utf8), "--format", "json")
  #expect(result.status == 1 && result.error.isEmpty)
  let json = try JSON(Array(result.output.utf8))
  guard case .object(let members) = json else {
    Issue.record("not an object")
    return
  }
  #expect(
    Set(members.map(\.key)).isSuperset(of: [
      "model", "rows", "bad_rows", "accuracy", "loss", "classes", "macro_f1", "weighted_f1",
      "confusion", "most_confused", "ece", "top_losses",
    ]))
  #expect(json["rows"] == .integer(4))
  #expect(json["bad_rows"]?.items.map { $0["line"] } == [.integer(6), .integer(8)])
  #expect(json["bad_rows"]?.items.allSatisfy { $0["error"] != nil } == true)
  #expect(json["model"]?["classes"]?.items == [.string("negative"), .string("positive")])
  #expect(json["classes"]?.items.map { $0["support"] } == [.integer(2), .integer(2)])
  #expect(json["accuracy"] == .number(0.75))
  #expect(
    json["confusion"]?.items.map(\.items) == [
      [.integer(1), .integer(1)], [.integer(0), .integer(2)],
    ])
  let worst = try #require(json["top_losses"]?.items.first)
  #expect(worst["index"] == .integer(4) && worst["id"] == .string("e"))
  #expect(worst["text"] == .string("a brilliant film"))
  #expect(worst["gold"] == .string("negative") && worst["predicted"] == .string("positive"))
  let gold = try #require(worst["probability_of_gold"]?.number)
  let said = try #require(worst["probability_of_predicted"]?.number)
  #expect(abs(gold + said - 1) < 1e-5)
  #expect(abs((worst["loss"]?.number ?? .nan) + log(gold)) < 1e-4)
  // one row of four is wrong: some temperature is best, and no worse than none
  let temperature = try #require(json["temperature"])
  #expect((temperature["value"]?.number ?? 0) > 0 && temperature["rows"] == .integer(4))
  let losses = ["loss", "loss_without"].compactMap { temperature[$0]?.number }
  #expect(losses.count == 2 && losses[0] <= losses[1])
  #expect(abs(losses[1] - (json["loss"]?.number ?? .nan)) < 1e-4)
  let text = try evaluate(Data(reviews.utf8))
  #expect(text.output.contains("at temperature "))
  let page = try evaluate(Data(reviews.utf8), "--format", "html")
  #expect(page.output.contains("<p>at temperature "))
}

/// Rows of which none counts, and the options to read them by.
private let countless: [(rows: String, options: [String])] = [
  ("text,label\na film,\nanother film,\n", []),
  ("text,label\na film,positive\nanother film,negative\n", ["--where", "p>2"]),
]

@Test(arguments: countless.indices)
func `of no row that counts there is no figure, and that is said`(_ index: Int) throws {
  let (rows, options) = countless[index]
  func run(_ arguments: String...) throws -> Program.Result {
    try Program.run(
      ["evaluate", "--data", "-", "--data-format", "csv", "--no-cache", "--against", "sentiment"]
        + options + arguments, input: Data(rows.utf8))
  }
  let result = try run("--json", "--method", "random", "--measure", "comprehensiveness")
  #expect(result.status == 1 && result.error.contains("no row counts: none "))
  let json = try JSON(Array(result.output.utf8))
  #expect(json["rows"] == .integer(0) && json["top_losses"] == .array([]))
  for name in [
    "accuracy", "loss", "ece", "macro_f1", "weighted_f1", "micro_f1", "macro_precision",
    "samples_f1", "temperature",
  ] {
    #expect(json[name] == .null, "\(name)")
  }
  for scores in json["classes"]?.items ?? [] {
    #expect(scores["f1"] == .null && scores["recall"] == .null && scores["support"] == .integer(0))
  }
  let against = try #require(json["against"])
  for name in ["accuracy", "agreement", "kappa", "answers"] { #expect(against[name] == .null) }
  #expect(against["mcnemar"]?["p"] == .null && against["rows"] == .integer(0))
  #expect(json["measures"]?.items.first?["mean"] == .null)
  for format in ["text", "html"] {
    let page = try run("--format", format)
    #expect(page.status == 1 && page.output.contains("no row counts: none "))
    #expect(page.output.contains("accuracy –") && !page.output.lowercased().contains("nan"))
    #expect(!page.output.contains("0.0000"))
  }
  let table = try run("--format", "csv")
  #expect(table.status == 1 && table.output.contains("\naccuracy,,,,0\n"))
}

@Test func `an evaluation is written as text, as a table and as a page`() throws {
  let input = Data(reviews.replacing("a brilliant film", with: "<b>&\u{1B}[31m brilliant").utf8)
  let text = try evaluate(input)
  #expect(text.output.contains("macro avg") && text.output.contains("line 6: "))
  #expect(!text.output.contains("\u{1B}"))
  let page = try evaluate(input, "--format", "html")
  #expect(page.output.hasPrefix("<!doctype html>") && page.output.contains("&lt;b&gt;&amp;"))
  #expect(!page.output.contains("<b>&") && !page.output.contains("\u{1B}"))
  let table = try evaluate(input, "--format", "csv")
  #expect(table.output.split(separator: "\n").first == "class,precision,recall,f1,support")
  #expect(table.output.contains("\nweighted avg,"))
}

@Test func `each row's answer is written where the user wants it`() throws {
  let folder = try TemporaryFolder()
  let result = try evaluate(
    Data(reviews.utf8), "--rows", folder.file("rows.jsonl"), "--output", folder.file("report"))
  #expect(result.output.isEmpty)
  let written = try String(contentsOfFile: folder.file("rows.jsonl"), encoding: .utf8)
  let rows = try written.split(separator: "\n").map { try JSON(Array($0.utf8)) }
  #expect(rows.map { $0["id"] } == ["a", "b", "c", "e"].map { .string($0) })
  #expect(try Data(contentsOf: folder.url.appending(path: "report")).count > 100)
}

@Test func `a condition narrows the rows, and measures are averaged over them`() throws {
  let result = try evaluate(
    Data(reviews.utf8), "--json", "--where", "text~brilliant", "--method", "saliency", "--method",
    "random", "--measure", "comprehensiveness", "--measure", "plausibility")
  let json = try JSON(Array(result.output.utf8))
  #expect(json["rows"] == .integer(2) && json["where"] == .string("text~brilliant"))
  let measures = try #require(json["measures"]).items
  #expect(measures.map { $0["method"] }.prefix(2) == [.string("saliency"), .string("saliency")])
  #expect(measures.count == 4 && measures[0]["rows"] == .integer(2))
  let mean = try #require(measures[0]["mean"]?.number)
  #expect((measures[0]["low"]?.number ?? .nan) <= mean)
  #expect(measures[1]["mean"] == .null && measures[1]["not_applicable"] == .integer(2))
  let wrong = try evaluate(Data(reviews.utf8), "--where", "p>0.5 q=1")
  #expect(wrong.status == 2 && wrong.error.contains("character 7"))
}

@Test(arguments: [
  ["--data", "/no/such/file.csv"], ["--data", "-", "--label-column", "nothing"],
  ["--data", "-", "--map", "x"], ["--data", "-", "--map", "x=nothing"], [],
  ["--data", "-", "--limit", "0"], ["--data", "-", "--data-format", "nonsense"],
])
func `a data set that can't be read is one line and status 2`(_ arguments: [String]) throws {
  let result = try Program.run(["evaluate"] + arguments, input: Data(reviews.utf8))
  #expect(result.status == 2 && result.output.isEmpty)
  #expect(result.error.split(separator: "\n").count == 1)
}

@Test func `what was answered once is not asked again, and a damaged store is set aside`() throws {
  let folder = try TemporaryFolder()
  func run() throws -> Program.Result {
    try Program.run(
      "evaluate", "--data", "-", "--data-format", "csv", "--json", input: Data(reviews.utf8),
      environment: ["XDG_CACHE_HOME": folder.file("cache")])
  }
  func loss(_ result: Program.Result) throws -> JSON? {
    try JSON(Array(result.output.utf8))["loss"]
  }
  let store = folder.file("cache/whylight/predictions.sqlite")
  let first = try run()
  #expect(FileManager.default.fileExists(atPath: store))
  #expect(try loss(run()) == loss(first))
  try Data(repeating: 0x78, count: 9000).write(to: URL(filePath: store))
  for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store + ending) }
  let third = try run()
  #expect(third.error.contains("was damaged") && third.status == 1)
  #expect(try loss(third) == loss(first))
  #expect(FileManager.default.fileExists(atPath: store + ".damaged"))
  #expect(try run().error.isEmpty)
}

@Test func `a cache folder that can't be written to is said and nothing more`() throws {
  let result = try Program.run(
    "evaluate", "--data", "-", "--data-format", "csv", input: Data(reviews.utf8),
    environment: ["XDG_CACHE_HOME": "/dev/null"])
  #expect(result.error.contains("stored predictions are neither used nor saved"))
  #expect(result.status == 1 && result.output.contains("macro avg"))
}

@Test func `the explorer scores a data set, filters it, and comes back to its row`() throws {
  let folder = try TemporaryFolder()
  try Data(reviews.utf8).write(to: folder.url.appending(path: "reviews.csv"))
  let terminal = try Terminal()
  try terminal.explore("--data '\(folder.file("reviews.csv"))'")
  var screen = try terminal.screen()
  #expect(screen[1].contains("4 of 4 rows") && screen[2].contains("2 rows could not be read"))
  try terminal.type("/gold!=pred")
  try terminal.press("Enter")
  screen = try terminal.screen()
  #expect(screen[1].contains("1 of 4 rows"))
  let row = try #require(screen.first { $0.contains("▸") })
  #expect(row.contains("a brilliant"))
  try terminal.press("Enter")
  #expect(try terminal.screen()[0].contains("gold negative"))
  try terminal.press("Escape")
  #expect(try terminal.screen() == screen)
}

/// A program that knows two classes by names that mean nothing to the embedded model: `up` where a text
/// has the word brilliant.
private let stranger =
  "exec:while read -r x; do case \"$x\" in *brilliant*) p='0.1, 0.9';; *) p='0.8, 0.2';; esac; "
  + #"echo "{\"classes\": [\"down\", \"up\"], \"probabilities\": [[$p]], \"batch\": 1}"; done"#

@Test func `the classes of a second model are matched as the user says`() throws {
  let rows = Data("text,label\na brilliant film,positive\nbrilliant,negative\ndull,negative\n".utf8)
  func compare(_ maps: String...) throws -> Program.Result {
    try Program.run(
      ["evaluate", "--no-cache", "--json", "--data", "-", "--data-format", "csv"]
        + ["--against", stranger] + maps.flatMap { ["--class-map", $0] }, input: rows)
  }
  func accuracy(_ result: Program.Result) throws -> Double? {
    try JSON(Array(result.output.utf8))["against"]?["accuracy"]?.number
  }
  let right = try compare("down=negative", "up=positive")
  #expect(right.status == 0 && right.error.isEmpty, "\(right.error)")
  #expect(try accuracy(right) == 2.0 / 3)
  let reversed = try compare("up=negative", "down=positive")
  #expect(reversed.status == 0, "\(reversed.error)")
  #expect(try accuracy(reversed) == 1.0 / 3)

  // Without a map, with half of one, and with names that nobody has: a line each.
  for (maps, says) in [
    ([], "--class-map OTHER=THIS"), (["up=positive"], "--class-map OTHER=THIS"),
    (["up=good", "down=bad"], "no class 'good'"), (["over=positive", "down=negative"], "'over'"),
    (["up=positive", "down=positive"], "positive"), (["up"], "OTHER=THIS"),
  ] as [([String], String)] {
    let result = try Program.run(
      ["evaluate", "--no-cache", "--data", "-", "--data-format", "csv", "--against", stranger]
        + maps.flatMap { ["--class-map", $0] }, input: rows)
    #expect(result.status == 2 && result.output.isEmpty, "\(maps): \(result.error)")
    #expect(result.error.split(separator: "\n").count == 1, "\(maps): \(result.error)")
    #expect(result.error.contains(says), "\(maps): \(result.error)")
  }
}
