import Documents
import Foundation
import Testing

private let long = String(repeating: "film ", count: 90) + "end"
private let model = Program.packageFolder.appending(
  path: "Tests/Fixtures/parity/transformers/bert"
).path

/// Says of each text that holds `film` that it was cut off.
private let program =
  #"exec:while read -r x; do case "$x" in *film*) t='{"tokens": 91, "read": 64, "side": "right"}';; *) t=null;; esac; echo "{\"classes\": [\"negative\", \"positive\"], \"probabilities\": [[0.25, 0.75]], \"batch\": 1, \"truncated\": $t}"; done"#

private func items(_ json: JSON?) -> [JSON] {
  if case .array(let items)? = json { items } else { [] }
}

/// Two rows that are read in part and one that is read whole.
private func evaluate(_ arguments: String...) throws -> Program.Result {
  let rows = ["\(long),positive", "a film\(long),negative", "short,positive"]
  return try Program.run(
    ["evaluate", "--no-cache", "--data", "-", "--data-format", "csv"] + arguments,
    input: Data("text,label\n\(rows.joined(separator: "\n"))\n".utf8))
}

private let note = "did not read all of the text in 2 of 3 rows"

@Test func `an evaluation says which rows the model did not read whole`() throws {
  let result = try evaluate("--model", program, "--json")
  #expect(result.status == 0 && result.error.contains(note), "\(result.error)")
  let json = try JSON(Array(result.output.utf8))
  #expect(json["truncated_rows"] == .integer(2))
  let losses = items(json["top_losses"])
  #expect(losses.count == 3)
  #expect(losses.count { $0["truncated"] == .null } == 1)
  #expect(losses.count { $0["truncated"]?["read"] == .integer(64) } == 2)
  for format in ["text", "html"] {
    #expect(try evaluate("--model", program, "--format", format).output.contains(note))
  }
  #expect(try evaluate("--model", program, "--format", "csv").error.contains(note))
  #expect(!(try evaluate("--format", "text").output.contains("did not read all")))
}

@Test func `the rows of an evaluation have what was cut off of each`() throws {
  let folder = try TemporaryFolder()
  _ = try evaluate("--model", program, "--rows", folder.file("rows.csv"))
  let table = try String(contentsOfFile: folder.file("rows.csv"), encoding: .utf8)
    .split(separator: "\n")
  #expect(table.first?.hasSuffix(",text,truncated,pair") == true)
  #expect(table.count { $0.contains("The model read the first 64 of 91 tokens") } == 2)
  #expect(table.last?.hasSuffix(",short,,") == true)
  _ = try evaluate("--model", program, "--rows", folder.file("rows.jsonl"))
  let rows = try String(contentsOfFile: folder.file("rows.jsonl"), encoding: .utf8)
    .split(separator: "\n").map { try JSON(Array($0.utf8))["truncated"] }
  #expect(rows.map { $0?["side"] } == [.string("right"), .string("right"), nil])
  #expect(rows.last == .null)
}

@Test func `a second model that does not read a text whole is told too`() throws {
  let result = try evaluate("--against", program, "--json")
  #expect(result.status == 0 && result.error.contains("exec " + note), "\(result.error)")
  let json = try JSON(Array(result.output.utf8))
  #expect(json["truncated_rows"] == .integer(0))
  #expect(json["against"]?["truncated_rows"] == .integer(2))
  for difference in items(json["against"]?["differences"]) {
    #expect(difference["first_truncated"] == .null && difference["second_truncated"] != nil)
  }
  for format in ["text", "html"] {
    #expect(try evaluate("--against", program, "--format", format).output.contains(note))
  }
}

@Test func `what was answered before still says what was cut off`() throws {
  let folder = try TemporaryFolder()
  let place = [
    "XDG_CACHE_HOME": folder.url.path(percentEncoded: false),
    "HOME": folder.url.path(percentEncoded: false),
  ]
  let classes = try JSON(
    Array(try Program.run("predict", "--model", model, "--json", "x").output.utf8))["model"]?[
      "classes"]
  guard case .string(let label)? = items(classes).first else {
    Issue.record("no class")
    return
  }
  for _ in 0..<2 {
    let result = try Program.run(
      ["evaluate", "--model", model, "--json", "--data", "-", "--data-format", "csv"],
      input: Data("text,label\n\(long),\(label)\nshort,\(label)\n".utf8), environment: place)
    let json = try JSON(Array(result.output.utf8))
    #expect(json["truncated_rows"] == .integer(1), "\(result.error)")
    let cut = items(json["top_losses"]).map { $0["truncated"] }.filter { $0 != .null }
    #expect(cut.count == 1 && cut[0]?["read"] == .integer(64) && cut[0]?["end"] != .null)
  }
}

@Test func `a table of scores and the answers of probe say what was cut off`() throws {
  let sentence = "The model read the first 64 of "
  let table = try Program.run(
    "explain", "--model", model, "--method", "saliency", "--format", "csv", long)
  let lines = table.output.split(separator: "\n")
  #expect(lines[0].hasSuffix(",standard_error,truncated,part"))
  #expect(lines.dropFirst().allSatisfy { $0.contains(sentence) })
  let whole = try Program.run(
    "explain", "--model", model, "--method", "saliency", "--format", "csv", "a film")
  #expect(whole.output.split(separator: "\n").dropFirst().allSatisfy { $0.hasSuffix(",,0") })
  let probe = ["probe", "--model", model, "--find", "keeping", "--group", "sentence"]
  #expect(try Program.run(probe + [long]).output.contains("not all      " + sentence))
  #expect(!(try Program.run(probe + ["a film"]).output.contains("not all")))
  let json = try JSON(Array(try Program.run(probe + ["--json", long]).output.utf8))
  #expect(json["truncated"]?["read"] == .integer(64))
}

@Test func `a program's own word on what it cut off is told by every command`() throws {
  for command in [["predict"], ["explain"], ["probe", "--find", "keeping", "--group", "sentence"]] {
    let arguments = command + ["--model", program]
    let result = try Program.run(arguments + ["--json", "a film"])
    let truncated = try JSON(Array(result.output.utf8))["truncated"]
    #expect(truncated?["tokens"] == .integer(91) && truncated?["side"] == .string("right"))
    #expect(truncated?["start"] == .null && truncated?["end"] == .null)
    #expect(
      try Program.run(arguments + ["a film"]).output.contains("the first 64 of 91 tokens"))
  }
}
