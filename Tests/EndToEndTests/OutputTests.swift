import Documents
import Foundation
import Testing

private let text = "Not <b>dull</b>, a brilliant | film"

private func explained(_ format: String, _ more: String...) throws -> Program.Result {
  try Program.run(["explain", "--method", "saliency", "--format", format] + more + [text])
}

@Test func `ANSI has its colours wherever it goes`() throws {
  let result = try Program.run(
    ["explain", "--format", "ansi", text], environment: ["NO_COLOR": "1", "TERM": "dumb"])
  #expect(
    result.status == 0 && result.output.contains("\u{1B}[0;") && result.output.contains("48;5;"))
  #expect(result.output.hasSuffix("\n"))
}

@Test func `Markdown keeps the text's own marks from meaning anything`() throws {
  let result = try Program.run("explain", "--format", "markdown", text)
  #expect(result.status == 0 && result.output.hasPrefix("## integrated gradients → "))
  #expect(result.output.contains("\\<") && !result.output.contains("<b>"))
  let rows = result.output.split(separator: "\n").filter { $0.hasPrefix("| ") }
  #expect(rows.count > 8 && rows.contains { $0.contains("\\|") })
  #expect(result.output.contains("**⁺") || result.output.contains("*⁻"))
}

@Test func `Markdown makes no links of a text`() throws {
  let sha = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
  let hostile =
    "@octocat see #12, GH-12 or a/b#1 at https://evil.example or www.evil.example, mail a@b.example "
    + "<!-- x --> <img src=x> $x^2$ :tada: commit \(sha) 1234567 defaced 3:1"
  let result = try Program.run(
    "explain", "--method", "occlusion", "--format", "markdown", "--model", never, hostile)
  #expect(result.status == 0, "\(result.error)")
  for raw in [
    "@o", "@b", "#12", "#1", "GH-12", "https:/", "www.", "$x", ":tada:", sha,
  ] {
    #expect(!result.output.contains(raw), "\(raw)")
  }
  for inert in ["https:&#8203;//evil", "www&#8203;.evil", "\\#&#8203;12", "GH-&#8203;12"] {
    #expect(result.output.contains(inert), "\(inert)")
  }
  #expect(!result.output.replacing("\\<", with: "").contains("<"))
  // numbers, words and times stay as they are
  #expect(result.output.contains("1234567 defaced 3:1"))
}

/// Its answer never changes, so that no word of a text is painted.
private let never =
  #"exec:while read -r x; do echo '{"classes": ["@a", "b"], "probabilities": [[0.75, 0.25]], "batch": 1}'; done"#

@Test func `a PNG is one clear line where nobody can draw it`() throws {
  let folder = try TemporaryFolder()
  let missing = try Program.run(
    ["explain", "--format", "png", "--output", folder.file("a.png"), text],
    environment: ["PATH": "/nowhere"])
  #expect(missing.status == 2 && missing.error.contains("apt install librsvg2-bin"))
  #expect(missing.error.split(separator: "\n").count == 1)
  #expect(!FileManager.default.fileExists(atPath: folder.file("a.png")))
}

@Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/rsvg-convert")))
func `a PNG is a picture`() throws {
  let folder = try TemporaryFolder()
  let drawn = try explained("png", "--output", folder.file("a.png"))
  #expect(drawn.status == 0 && drawn.error.isEmpty, "\(drawn.error)")
  let bytes = try Data(contentsOf: folder.url.appending(path: "a.png"))
  #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
  // the width of the picture in the header: 768 units, twice
  #expect(bytes.count > 5_000 && Array(bytes[16..<20]) == [0, 0, 6, 0])
}

// MARK: Nothing half written

@Test func `a full disk is one line, and leaves no file`() throws {
  let full = try explained("html", "--output", "/dev/full")
  #expect(full.status == 1 && full.error.contains("no space left on device"))
  #expect(full.error.split(separator: "\n").count == 1)
  let folder = try TemporaryFolder()
  try Data("what was there".utf8).write(to: folder.url.appending(path: "page.html"))
  // a limit of 512 bytes a file stands for the end of the disk
  let status = try spawn(
    "bash",
    [
      "-c", "ulimit -f 0; exec \"$0\" \"$@\"", Program.path, "explain", "--method", "saliency",
      "--format", "html", "--output", folder.file("page.html"), text,
    ], environment: ProcessInfo.processInfo.environment)
  #expect(status == 1)
  #expect(
    try String(contentsOfFile: folder.file("page.html"), encoding: .utf8) == "what was there")
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["page.html"])
}

@Test(arguments: ["/proc/nobody/page.html", "/nowhere/page.html", "/proc/page.html", "/"])
func `a place that can't be written to is one line before the work`(_ path: String) throws {
  let result = try explained("html", "--output", path)
  #expect(result.status == 2 && result.output.isEmpty)
  #expect(result.error.contains("can't write \(path)"))
  #expect(result.error.split(separator: "\n").count == 1)
}

@Test func `a reader that goes away is one line`() throws {
  let folder = try TemporaryFolder()
  let lines = (0..<200).map { "{\"text\": \"a film \($0)\"}" }.joined(separator: "\n")
  try Data(lines.utf8).write(to: folder.url.appending(path: "in.jsonl"))
  _ = try spawn(
    "bash",
    [
      "-c",
      "\"$0\" predict --input \"$1\" --json 2>\"$2\" | head -1; echo ${PIPESTATUS[0]} >> \"$2\"",
      Program.path, folder.file("in.jsonl"), folder.file("said"),
    ], environment: ProcessInfo.processInfo.environment)
  let said = try String(contentsOfFile: folder.file("said"), encoding: .utf8)
    .split(separator: "\n")
  #expect(said == ["whylight: can't write standard output: broken pipe", "1"])
}

@Test func `a file keeps its rights, and a link what it points to`() throws {
  let folder = try TemporaryFolder()
  let files = FileManager.default
  try Data("old".utf8).write(to: folder.url.appending(path: "real.csv"))
  try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.file("real.csv"))
  try files.createSymbolicLink(
    atPath: folder.file("link.csv"), withDestinationPath: folder.file("real.csv"))
  #expect(try explained("csv", "--output", folder.file("link.csv")).status == 0)
  #expect(
    try files.destinationOfSymbolicLink(atPath: folder.file("link.csv")).hasSuffix("real.csv"))
  let attributes = try files.attributesOfItem(atPath: folder.file("real.csv"))
  #expect(attributes[.posixPermissions] as? Int == 0o600)
  #expect((attributes[.size] as? Int ?? 0) > 100)
  #expect(
    try files.contentsOfDirectory(atPath: folder.url.path).sorted() == ["link.csv", "real.csv"])
}

// MARK: Data sets

private func data(_ text: String, _ arguments: String...) throws -> Program.Result {
  try Program.run(
    ["evaluate", "--data", "-", "--no-cache"] + arguments, input: Data(text.utf8))
}

@Test func `Parquet is refused with how to convert it, whatever it is called`() throws {
  let folder = try TemporaryFolder()
  for name in ["data.parquet", "data.csv", "data"] {
    try Data("PAR1\u{15}\u{4}\u{15}".utf8).write(to: folder.url.appending(path: name))
    let result = try Program.run("evaluate", "--data", folder.file(name))
    #expect(result.status == 2 && result.error.contains("is Parquet"))
    #expect(result.error.contains("pandas") && result.error.contains("duckdb"))
    #expect(result.error.split(separator: "\n").count == 1)
  }
}

@Test func `a regression is measured by its numbers`() throws {
  // the regression's weights with the tokenizer of a model of the same vocabulary
  let folder = try TemporaryFolder()
  let fixtures = Program.packageFolder.appending(path: "Tests/Fixtures/parity/transformers")
  for (source, name) in [
    ("bert-regression", "config.json"), ("bert-regression", "model.safetensors"),
    ("bert", "tokenizer.json"), ("bert", "tokenizer_config.json"),
  ] {
    try FileManager.default.copyItem(
      at: fixtures.appending(path: source).appending(path: name),
      to: folder.url.appending(path: name))
  }
  let model = folder.url.path
  let rows = "text,score\nnot bad,1.5\nso good,-2\nwell,0.25\nwhat,none\n"
  let result = try data(rows, "--data-format", "csv", "--model", model, "--json")
  #expect(result.status == 1, "\(result.error)")
  let json = try JSON(Array(result.output.utf8))
  #expect(json["rows"] == .integer(3) && json["bad_row_count"] == .integer(1))
  guard case .array(let outputs)? = json["outputs"], case .array(let worst)? = json["worst_errors"],
    case .number(let mae)? = outputs.first?["mae"], case .number(let rmse)? = outputs.first?["rmse"]
  else {
    Issue.record("\(result.output)")
    return
  }
  #expect(worst.count == 3 && 0 < mae && mae <= rmse)
  for name in ["r2", "pearson", "spearman"] { #expect(outputs[0][name] != nil) }
  for (format, part) in [
    ("text", "largest errors"), ("csv", "output,mae,rmse,r2"), ("html", "<td"),
  ] {
    let page = try data(rows, "--data-format", "csv", "--model", model, "--format", format)
    #expect(page.output.contains(part))
  }
  let unfit = try data(rows, "--data-format", "csv", "--model", model, "--where", "p>1")
  #expect(unfit.status == 2 && unfit.error.contains("--where is about classes"))
}

@Test func `two models are compared row by row`() throws {
  let rows = """
    text,label
    a brilliant and moving film,positive
    dull and boring,negative
    wonderful,negative
    what a mess,positive
    """
  let always =
    #"exec:while read -r x; do echo '{"classes": ["positive", "negative"], "probabilities": [[0.75, 0.25]], "batch": 1}'; done"#
  let result = try data(rows, "--data-format", "csv", "--against", always, "--json")
  #expect(result.status == 0, "\(result.error)")
  let against = try #require(JSON(Array(result.output.utf8))["against"])
  #expect(against["rows"] == .integer(4) && against["accuracy"] == .number(0.5))
  #expect(against["both_right"] == .integer(1) && against["only_first_right"] == .integer(1))
  #expect(against["only_second_right"] == .integer(1))
  #expect(against["both_wrong_alike"] == .integer(1))
  #expect(against["mcnemar"]?["p"] == .number(1))
  guard case .array(let differences)? = against["differences"] else {
    Issue.record("no differences")
    return
  }
  #expect(differences.map { $0["index"] }.count == 2)
  #expect(differences.allSatisfy { $0["second"] == .string("positive") })
  let filtered = try data(
    rows, "--data-format", "csv", "--against", always, "--where", "other!=pred gold=pred", "--json")
  #expect(try JSON(Array(filtered.output.utf8))["rows"] == .integer(1))
  let text = try data(rows, "--data-format", "csv", "--against", always)
  #expect(
    text.output.contains("McNemar p") && text.output.contains("where both are sure and differ"))
  let page = try data(rows, "--data-format", "csv", "--against", always, "--format", "html")
  #expect(page.output.contains("<h2>Against "))
  let other =
    #"exec:while read -r x; do echo '{"classes": ["a", "b"], "probabilities": [[0.75, 0.25]], "batch": 1}'; done"#
  let refused = try data(rows, "--data-format", "csv", "--against", other)
  #expect(refused.status == 2 && refused.error.contains("the same classes"))
  #expect(refused.error.split(separator: "\n").count == 1)
}
