import Documents
import Foundation
import Testing

/// A folder with one file of data.
private func folder(_ name: String, _ bytes: [UInt8]) throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  try Data(bytes).write(to: folder.url.appending(path: name))
  return folder
}

private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

// MARK: One reader

/// Files that once one command read and another did not.
private let files: [(name: String, bytes: [UInt8])] = [
  ("plain.dat", Array("text,label\ngood film,positive\nbad film,negative\n".utf8)),
  (
    "cp1252.csv",
    Array("text,label\ncaf".utf8) + [0xE9] + Array(" good,positive\nbad,negative\n".utf8)
  ),
  ("excel.csv", Array("sep=;\r\ntext;label\r\ngood, so good;positive\r\nbad;negative\r\n".utf8)),
  ("mac.csv", Array("text,label\rgood film,positive\rbad film,negative\r".utf8)),
  (
    "list.json",
    Array("[{\"text\": \"good\", \"label\": 1}, {\"text\": \"bad\", \"label\": 0}]".utf8)
  ),
  (
    "lines.json",
    Array("{\"text\": \"good\", \"label\": 1}\n{\"text\": \"bad\", \"label\": 0}\n".utf8)
  ),
  (
    "pandas.json",
    Array("{\"text\":{\"0\":\"good\",\"1\":\"bad\"},\"label\":{\"0\":1,\"1\":0}}".utf8)
  ),
  (
    "named.jsonl",
    Array("{\"review\": \"good\", \"label\": 1}\n{\"review\": \"bad\", \"label\": 0}\n".utf8)
  ),
  (
    "utf16.csv",
    "\u{FEFF}text,label\r\ngood,positive\r\nbad,negative\r\n".utf16.flatMap {
      [UInt8($0 & 0xFF), UInt8($0 >> 8)]
    }
  ),
  ("glue.tsv", Array("sentence\tlabel\n\"good\tpositive\nbad \"\tnegative\n".utf8)),
]

@Test(arguments: files.indices)
func `every command reads what the others read`(_ index: Int) throws {
  let (name, bytes) = files[index]
  let folder = try folder(name, bytes)
  let evaluated = try Program.run(
    "evaluate", "--no-cache", "--json", "--data", folder.file(name), "--rows",
    folder.file("rows.jsonl"))
  #expect(evaluated.status == 0, "\(evaluated.error)")
  let written = try String(contentsOfFile: folder.file("rows.jsonl"), encoding: .utf8)
  let rows = try lines(written).map { try JSON(Array($0.utf8)) }
  #expect(rows.map { $0["gold"] } == [.string("positive"), .string("negative")])
  let predicted = try Program.run("predict", "--json", "--input", folder.file(name))
  #expect(predicted.status == 0, "\(predicted.error)")
  let texts = try lines(predicted.output).map { try JSON(Array($0.utf8))["text"] }
  #expect(texts == rows.map { $0["text"] })
}

@Test func `a file can be described where it can't be told`() throws {
  let folder = try folder("data", Array("\"good\tx\nbad\ty\n".utf8))
  let result = try Program.run(
    "predict", "--json", "--data-format", "tsv", "--no-header", "--no-quotes", "--text-column", "1",
    "--input", folder.file("data"))
  let texts = try lines(result.output).map { try JSON(Array($0.utf8))["text"] }
  #expect(texts == [.string("\"good"), .string("bad")])
  let latin = try TemporaryFolder()
  try Data([0x63, 0x61, 0x66, 0xC3, 0xA9]).write(to: latin.url.appending(path: "a.txt"))
  let read = try Program.run(
    "predict", "--json", "--encoding", "latin-1", "--input", latin.file("a.txt"))
  #expect(try JSON(Array(read.output.utf8))["text"] == .string("cafÃ©"))
}

@Test(arguments: ["predict", "explain", "evaluate"])
func `a spreadsheet is named with what converts it`(_ command: String) throws {
  let folder = try folder("data.csv", [0x50, 0x4B, 3, 4] + Array("....xl/workbook.xml".utf8))
  let option = command == "evaluate" ? "--data" : "--input"
  let result = try Program.run(command, option, folder.file("data.csv"))
  #expect(result.status == 2 && result.error.contains("Excel"))
  #expect(result.error.contains("read_excel") && lines(result.error).count == 1)
}

// MARK: What was understood

@Test func `an evaluation says which columns it took and what the labels mean`() throws {
  let folder = try folder("data.csv", Array("review,stars\na good film,2\na bad one,1\n".utf8))
  func run(_ format: String) throws -> Program.Result {
    try Program.run(
      "evaluate", "--no-cache", "--format", format, "--data", folder.file("data.csv"))
  }
  let said = "text \"review\", label \"stars\" (1 = negative, 2 = positive)"
  #expect(try run("text").output.contains("columns: " + said))
  #expect(try run("html").output.contains("1 = negative, 2 = positive"))
  let json = try run("json")
  #expect(json.error.contains("labels were taken to mean: 1 = negative, 2 = positive"))
  let data = try #require(try JSON(Array(json.output.utf8))["data"])
  #expect(data["label_columns"] == .array([.string("stars")]))
  let pair = JSON.object([.init("label", .string("1")), .init("class", .string("negative"))])
  guard case .array(let labels)? = data["labels"] else {
    Issue.record("no labels")
    return
  }
  #expect(labels.first == pair)
}

@Test func `a second column of text is told once`() throws {
  let folder = try folder(
    "nli.csv", Array("premise,hypothesis,label\nit was cold,it was warm,negative\n".utf8))
  let said = "column 'hypothesis' also holds text and was not read"
  let evaluated = try Program.run("evaluate", "--no-cache", "--data", folder.file("nli.csv"))
  #expect(evaluated.error.contains(said) && lines(evaluated.error).count == 1)
  for command in ["predict", "explain"] {
    let result = try Program.run(command, "--json", "--input", folder.file("nli.csv"))
    #expect(result.error.contains(said) && lines(result.error).count == 1 && result.status == 0)
    #expect(try JSON(Array(result.output.utf8))["text"] == .string("it was cold"))
  }
}

@Test(arguments: [
  (
    "twice.csv", "text,label,text\ngood film,positive,bad film\n",
    "several columns are called 'text': the first keeps the name, the next is 'text.2'"
  ),
  (
    "twice.jsonl", #"{"text": "bad film", "text": "good film", "label": "positive"}"#,
    "an object has 'text' more than once: the last one counts"
  ),
])
func `which of two columns of a name was taken is told once`(
  _ name: String, _ content: String, _ said: String
) throws {
  let folder = try folder(name, Array(content.utf8))
  let evaluated = try Program.run(
    "evaluate", "--no-cache", "--json", "--data", folder.file(name))
  #expect(evaluated.error == "whylight: \(said)\n" && evaluated.status == 0)
  let json = try JSON(Array(evaluated.output.utf8))
  #expect(json["data"]?["repeated_columns"] == .array([.string("text")]))
  for command in ["predict", "explain", "probe"] {
    let result = try Program.run(command, "--json", "--input", folder.file(name))
    #expect(lines(result.error).count { $0.contains(said) } == 1 && result.status == 0)
    #expect(try JSON(Array(result.output.utf8))["text"] == .string("good film"))
  }
}

/// Files that not every reader takes alike.
private let oddFiles: [(name: String, bytes: [UInt8], texts: [String], badLines: [Int])] = [
  (
    "ragged.csv", Array("text,label\ngood,positive,x\nonly\nfine,positive\n".utf8), ["fine"],
    [2, 3]
  ),
  (
    "bom.csv", [0xEF, 0xBB, 0xBF] + Array("text,label\r\ngood,positive\r\n".utf8), ["good"], []
  ),
  ("zero.csv", Array("text,label\ngo\0od,positive\nfine,positive\n".utf8), ["fine"], [2]),
  (
    "quoted.csv", Array("text,label\n\"go\nod\",positive\nfine,positive\n".utf8),
    ["go\nod", "fine"], []
  ),
  (
    "mixed.csv", Array("text,label\ngood,positive\r\nbad,negative\nfine,positive\r\n".utf8),
    ["good", "bad", "fine"], []
  ),
  (
    "long.csv",
    Array(
      ("text,label\n\(String(repeating: "x", count: 17 << 20)),positive\nfine,positive\n").utf8),
    ["fine"], [2]
  ),
  (
    "open.csv", Array("text,label\n\"good,positive\nfine,positive\n".utf8), ["fine"], [2]
  ),
  (
    "utf16be.csv",
    "\u{FEFF}text,label\ngood,positive\n".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
    ["good"], []
  ),
]

@Test(arguments: oddFiles.indices)
func `an odd file is the same to every command, and its bad lines are told alike`(
  _ index: Int
) throws {
  let (name, bytes, texts, badLines) = oddFiles[index]
  let folder = try folder(name, bytes)
  let status: Int32 = badLines.isEmpty ? 0 : 1
  let evaluated = try Program.run(
    "evaluate", "--no-cache", "--json", "--data", folder.file(name), "--rows",
    folder.file("rows.jsonl"))
  #expect(evaluated.status == status, "\(evaluated.error)")
  let written = try String(contentsOfFile: folder.file("rows.jsonl"), encoding: .utf8)
  let rows = try lines(written).map { try JSON(Array($0.utf8)) }
  #expect(rows.map { $0["text"] } == texts.map { .string($0) })
  guard case .array(let bad)? = try JSON(Array(evaluated.output.utf8))["bad_rows"] else {
    Issue.record("no bad rows")
    return
  }
  #expect(bad.map { $0["line"] } == badLines.map { .integer($0) })
  for command in ["predict", "explain", "probe"] {
    let more = command == "predict" ? [] : ["--model", constant]
    let result = try Program.run([command, "--json", "--input", folder.file(name)] + more)
    #expect(result.status == status, "\(result.error)")
    let answers = try lines(result.output).map { try JSON(Array($0.utf8)) }
    #expect(answers.compactMap { $0["text"] } == texts.map { .string($0) })
    let errors = answers.filter { $0["error"] != nil }
    #expect(errors.map { $0["line"] } == bad.map { $0["line"] })
    #expect(errors.map { $0["error"] } == bad.map { $0["error"] })
  }
}

private let constant =
  #"exec:while read -r x; do echo '{"classes": ["negative", "positive"], "probabilities": [[0.25, 0.75]], "batch": 1}'; done"#

@Test(arguments: ["", "text,label\n", "\u{FEFF}", "\n\n"])
func `a table without a row is one line and status 2`(_ content: String) throws {
  let folder = try folder("none.csv", Array(content.utf8))
  for arguments in [
    ["evaluate", "--no-cache", "--data"], ["predict", "--input"], ["explain", "--input"],
    ["probe", "--input"],
  ] {
    let result = try Program.run(arguments + [folder.file("none.csv")])
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.error == "whylight: the file has no rows\n", "\(arguments)")
  }
}

@Test func `what is no file of texts is one line and status 2`() throws {
  let folder = try folder(
    "noise.csv", [0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 3000))
  try FileManager.default.createDirectory(
    at: folder.url.appending(path: "folder.csv"), withIntermediateDirectories: true)
  for path in [
    folder.file("noise.csv"), folder.file("folder.csv"), "/dev/zero", "/no/such/file.csv",
  ] {
    for arguments in [
      ["evaluate", "--no-cache", "--data"], ["predict", "--input"], ["explain", "--input"],
    ] {
      let result = try Program.run(arguments + [path])
      #expect(result.status == 2 && result.output.isEmpty, "\(arguments) \(path)")
      #expect(lines(result.error).count == 1, "\(result.error)")
    }
    let result = try Program.run("predict", "--model", path, "x")
    #expect(result.status == 2 && lines(result.error).count == 1, "\(result.error)")
  }
}

@Test func `a source without an end is given up in one line`() throws {
  for (call, status) in [
    ("predict < /dev/zero", 2), ("predict --input /dev/zero --data-format csv", 2),
    ("evaluate --no-cache --data /dev/zero --data-format jsonl", 2),
    ("predict --model /dev/zero x", 2),
  ] as [(String, Int32)] {
    let folder = try TemporaryFolder()
    let found = try spawn(
      "bash",
      ["-c", "exec \"$0\" \(call) > /dev/null 2> \"$1\"", Program.path, folder.file("error")],
      environment: ProcessInfo.processInfo.environment)
    let error = try String(contentsOfFile: folder.file("error"), encoding: .utf8)
    #expect(found == status && lines(error).count == 1, "\(call): \(error)")
  }
}

@Test func `a text that the model refuses costs its row alone`() throws {
  let model =
    #"exec:while read -r x; do case "$x" in *awful*) echo '{"error": "too awful"}';; *) echo '{"classes": ["negative", "positive"], "probabilities": [[0.25, 0.75]], "batch": 1}';; esac; done"#
  let data = "text,label\ngood,positive\nawful,negative\nfine,positive\n"
  let result = try Program.run(
    ["evaluate", "--no-cache", "--json", "--model", model, "--data", "-", "--data-format", "csv"],
    input: Data(data.utf8))
  #expect(result.status == 1, "\(result.error)")
  let json = try JSON(Array(result.output.utf8))
  #expect(json["rows"] == .integer(2) && json["bad_row_count"] == .integer(1))
  #expect(json["bad_rows"]?.line.contains("too awful") == true)
}

@Test func `classes of two models that only numbers match are told`() throws {
  let model =
    #"exec:while read -r x; do echo '{"classes": ["LABEL_0", "LABEL_1"], "probabilities": [[0.25, 0.75]], "batch": 1}'; done"#
  let data = "text,label\nwonderful,positive\nawful,negative\n"
  let result = try Program.run(
    [
      "evaluate", "--no-cache", "--json", "--against", model, "--data", "-", "--data-format", "csv",
    ], input: Data(data.utf8))
  #expect(result.status == 0 && result.error.contains("LABEL_0 = negative, LABEL_1 = positive"))
  #expect(try JSON(Array(result.output.utf8))["against"]?["accuracy"] == .number(0.5))
}

// MARK: The user's own files

@Test func `no result replaces a file that is read`() throws {
  let rows = "text,label\na good film,positive\n"
  let folder = try folder("data.csv", Array(rows.utf8))
  let data = folder.file("data.csv")
  let manager = FileManager.default
  try manager.createSymbolicLink(atPath: folder.file("soft"), withDestinationPath: data)
  try manager.linkItem(atPath: data, toPath: folder.file("hard"))
  let other = folder.url.path(percentEncoded: false) + "/./data.csv"
  for output in [data, folder.file("soft"), folder.file("hard"), other] {
    for arguments in [
      ["evaluate", "--no-cache", "--data", data, "--output", output],
      ["evaluate", "--no-cache", "--data", data, "--rows", output],
      ["predict", "--input", data, "--output", output],
      ["explain", "--input", data, "--output", output],
      ["probe", "--input", data, "--output", output],
    ] {
      let result = try Program.run(arguments)
      #expect(result.status == 2 && result.error.contains("is read here"), "\(arguments)")
      #expect(lines(result.error).count == 1 && result.output.isEmpty)
    }
  }
  #expect(try String(contentsOfFile: data, encoding: .utf8) == rows)
  let status = try spawn(
    "bash",
    ["-c", "\"$0\" predict --json --input \"$1\" >> \"$1\" 2> \"$1.err\"", Program.path, data],
    environment: ProcessInfo.processInfo.environment)
  #expect(status == 2)
  #expect(try String(contentsOfFile: data, encoding: .utf8) == rows)
  let same = try Program.run(
    "evaluate", "--no-cache", "--data", data, "--rows", folder.file("x"), "--output",
    folder.file("./x"))
  #expect(same.status != 0 && same.error.contains("the same file"))
}

@Test func `CSV for a spreadsheet holds no formulas, and is exact otherwise`() throws {
  let texts = ["=1+1", "+a", "-b", "@c", "\tx", "plain", "-5"]
  let input = texts.map { JSON.object([.init("text", .string($0))]).line + "\n" }.joined()
  func cells(_ more: String...) throws -> [String] {
    let result = try Program.run(
      ["predict", "--format", "csv", "--input", "-"] + more, input: Data(input.utf8))
    return lines(result.output).dropFirst().compactMap {
      $0.split(separator: ",").last.map(String.init)
    }
  }
  #expect(try cells() == texts)
  #expect(try cells("--csv-safe") == ["'=1+1", "'+a", "'-b", "'@c", "'\tx", "plain", "-5"])
}
