import Documents
import Foundation
import Testing

/// What a terminal would obey, what reorders text, and what has a meaning in a page or in Markdown.
private let hostile =
  "evil\u{1B}]52;c;Y3VybCBldmls\u{7}\u{1B}[31m\u{9B}2J\u{7F}\u{8}\r\n\u{85}\u{2028}\u{202E}\u{2066}"
  + "\u{200E}\u{61C}\u{E0041}<script>&'\"*_`|{\\"

/// The scalars of an output that no terminal should get from us, line ends apart.
private func forbidden(in text: String) -> [String] {
  // Colours (SGR) are ours.
  text.replacing(/\u{1B}\[[0-9;]*m/, with: "").unicodeScalars.filter { scalar in
    guard scalar != "\n" else { return false }
    return switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: scalar != "\t"
    case .format: true
    default: false
    }
  }.map { String($0.value, radix: 16) }
}

/// A model folder, a program and a data set in which everything is hostile.
private struct Hostiles {
  let folder: TemporaryFolder
  var model: String { folder.file(hostile.replacing("/", with: "")) }
  var data: String { folder.file("data \u{1B}]0;x\u{7}.csv") }
  var program: String { "exec:sh '\(folder.file("program.sh"))' '\u{1B}]52;c;x\u{7}'" }

  init() throws {
    folder = try TemporaryFolder()
    let fixture = Program.packageFolder.appending(path: "Tests/Fixtures/parity/transformers/bert")
    try FileManager.default.copyItem(atPath: fixture.path, toPath: model)
    let config = URL(filePath: model + "/config.json")
    var members = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: config)) as? [String: Any])
    let names = try #require(members["id2label"] as? [String: String])
    members["id2label"] = names.mapValues { hostile + $0 }
    members["label2id"] = nil
    try JSONSerialization.data(withJSONObject: members).write(to: config)
    let answer = JSON.object([
      .init("name", .string(hostile)), .init("batch", .integer(1)),
      .init("classes", .array([.string("a" + hostile), .string("b" + hostile)])),
      .init("probabilities", .array([.array([.number(0.25), .number(0.75)])])),
    ])
    try Data((answer.line + "\n").utf8).write(to: folder.url.appending(path: "answer"))
    try Data(
      """
      while read -r x; do
        printf '\\033]52;c;x\\007\\302\\233 \\342\\200\\256\\n' >&2
        cat '\(folder.file("answer"))'
      done
      """.utf8
    ).write(to: folder.url.appending(path: "program.sh"))
    func field(_ text: String) -> String {
      "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
    let rows = [
      ["text", "label", "col" + hostile], ["good " + hostile, "a" + hostile, hostile],
      ["bad", "b" + hostile, hostile], ["odd", "none" + hostile, hostile],
    ]
    try Data(rows.map { $0.map(field).joined(separator: ",") + "\n" }.joined().utf8)
      .write(to: URL(filePath: data))
  }
}

@Test(
  arguments: [
    ["predict"], ["predict", "--json"], ["inspect"], ["inspect", "--format", "json"],
    ["inspect", "--text", hostile], ["probe", "--find", "keeping"],
    ["probe", "--json", "--find", "keeping"],
    ["explain", "--method", "saliency"], ["explain", "--method", "saliency", "--color", "always"],
  ]
    + ["ansi", "json", "jsonl", "html", "svg", "markdown"].map {
      ["explain", "--method", "saliency", "--versus", "1", "--format", $0]
    })
func `nothing that a model or a text holds reaches the output raw`(arguments: [String]) throws {
  let hostiles = try Hostiles()
  let texts = arguments[0] == "inspect" ? [] : ["good " + hostile]
  let found = try Program.run(
    arguments + ["--model", hostiles.model] + texts, environment: ["TERM": "xterm-256color"])
  #expect(found.status == 0, "\(found.error)")
  #expect(found.output.contains("evil"))
  #expect(forbidden(in: found.output) == [])
  #expect(forbidden(in: found.error) == [])
  let isPage = ["html", "svg", "markdown"].contains(arguments.last)
  #expect(found.output.contains("<script>") != isPage)
  // A class name can't forge a line; the lines of a text are shown as lines where it is explained.
  #expect(arguments[0] == "explain" || !found.output.contains("\n\\x85"))
}

@Test(
  arguments: [
    ["predict", "x"], ["inspect"], ["explain", "--method", "occlusion", "x"],
    ["explain", "--method", "occlusion", "--format", "markdown", "x"],
    ["explain", "--target", hostile, "x"],
    ["explain", "--method", "saliency", "x"],
  ] + ["text", "json", "html"].map { ["evaluate", "--no-cache", "--format", $0] })
func `nothing that a program or a data set says reaches the output raw`(
  arguments: [String]
) throws {
  let hostiles = try Hostiles()
  let data = arguments[0] == "evaluate" ? ["--data", hostiles.data] : []
  let found = try Program.run(arguments + ["--model", hostiles.program] + data)
  #expect(found.error.contains("^[]52;c;x^G\\x9B <202E>"))
  #expect(forbidden(in: found.output) == [])
  #expect(forbidden(in: found.error) == [])
}

@Test(
  arguments: [
    ["predict", "--model", hostile, "x"], ["predict", "--model", "exec:exit 3 #" + hostile, "x"],
    ["predict", "--" + hostile], ["predict", "--format", hostile, "x"],
    [hostile, "--input", hostile],
    ["explain", "--method", hostile, "x"], ["explain", "--target", hostile, "x"],
    ["explain", "--input", hostile], ["explain", "--seed", hostile], ["methods", hostile],
    ["predict", "--output", "/no/" + hostile, "x"], ["probe", "--phrase", hostile, "x"],
    ["evaluate", "--data", hostile], ["evaluate", "--data", "x", "--map", hostile],
    ["evaluate", "--data", "x", "--where", hostile],
    ["evaluate", "--data", "x", "--encoding", hostile],
    ["import", hostile, "--output", "/no/" + hostile],
  ])
func `a wrong call is told without what it holds raw`(arguments: [String]) throws {
  let found = try Program.run(arguments)
  #expect(found.status != 0)
  #expect(found.error.hasPrefix("whylight: "))
  #expect(forbidden(in: found.error + found.output) == [])
  // One line, whatever its parts hold.
  #expect(found.error.split(separator: "\n").count == 1)
}

@Test func `paths from the environment are shown, not obeyed`() throws {
  let found = try Program.run("paths", environment: ["XDG_STATE_HOME": "/tmp/" + hostile])
  #expect(forbidden(in: found.output) == [])
  #expect(found.output.split(separator: "\n").count == 7)
}

@Test func `CSV in a pipe is data and comes back as it was`() throws {
  let text = "good, \"\(hostile)\n\u{1B}]52;c;x\u{7}"
  let found = try Program.run("predict", "--format", "csv", text)
  #expect(found.status == 0)
  // The text's field, with its quotes doubled; nothing of the text is left unread.
  #expect(found.output.hasSuffix("\"" + text.replacing("\"", with: "\"\"") + "\",,\n"))
}

@Test func `CSV on a terminal shows marks`() throws {
  let terminal = try Terminal()
  let program = "'" + Program.path + "'"
  try terminal.shell(
    "clear; \(program) predict --format csv $'a\\e]52;c;eA==\\a\\u202e,b'; echo d''one")
  try terminal.wait(for: "done")
  #expect(try terminal.text.contains("a^[]52;c;eA==^G<202E>,b"))
  #expect(!String(decoding: try terminal.stream(), as: UTF8.self).contains("\u{1B}]52"))
}
