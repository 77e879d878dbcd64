import Attribution
import Datasets
import Documents
import Explorer
import Foundation
import Testing

private func object(_ line: Substring) throws -> JSON { try JSON(Array(line.utf8)) }

private func lines(_ result: Program.Result) throws -> [JSON] {
  try result.output.split(separator: "\n").map(object)
}

extension JSON {
  fileprivate var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }
}

@Test func `an explanation has every field of the contract`() throws {
  let result = try Program.run("explain", "--format", "json", "--steps", "50", "Not bad at all.")
  #expect(result.status == 0 && result.error.isEmpty)
  let json = try #require(try lines(result).first)
  #expect(
    Set(json.keys).isSuperset(of: [
      "schema", "index", "text", "model", "tokens", "prediction", "target", "method", "parameters",
      "scores", "standard_errors", "convergence_delta", "evaluations", "seconds",
    ]))
  #expect(json["method"] == .string("integrated-gradients"))
  #expect(json["text"] == .string("Not bad at all."))
  let tokens = try #require(json["tokens"]).items
  #expect(json["scores"]?.items.count == tokens.count)
  #expect(tokens[0]["text"] == .string("xxbos") && tokens[0]["special"] == .bool(true))
  #expect(tokens[1]["text"] == .string("xxmaj") && tokens[1]["end"] == .integer(3))
  #expect(tokens[2]["text"] == .string("not") && tokens[2]["start"] == .integer(0))
  #expect(json["parameters"]?["steps"] == .integer(50))
  #expect(json["parameters"]?["baseline"] == .string("zero"))
  #expect(json["standard_errors"] == .null)
  #expect(json["evaluations"] == .integer(50))
  let probabilities = json["prediction"]?["probabilities"]?.items.compactMap(\.number) ?? []
  #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
}

@Test func `the scores of integrated gradients add up to what the delta says`() throws {
  let whole = try Program.run("explain", "--json", "a brilliant film but dull")
  let json = try #require(try lines(whole).first)
  let sum = json["scores"]?.items.compactMap(\.number).reduce(0, +) ?? .nan
  let value = try #require(json["target"]?["value"]?.number)
  let delta = try #require(json["convergence_delta"]?.number)
  // f(baseline) = f(x) - (sum - delta); every text of the same length has the same baseline
  let other = try Program.run("explain", "--json", "a terrible film but fine")
  let json2 = try #require(try lines(other).first)
  let sum2 = json2["scores"]?.items.compactMap(\.number).reduce(0, +) ?? .nan
  let value2 = try #require(json2["target"]?["value"]?.number)
  let delta2 = try #require(json2["convergence_delta"]?.number)
  try #require(json["target"]?["class"] == json2["target"]?["class"])
  let baseline = value - (sum - delta)
  let baseline2 = value2 - (sum2 - delta2)
  #expect(abs(baseline - baseline2) < 1e-3)
}

@Test func `bad lines get an error in their place and the run goes on`() throws {
  let input = #"""
    {"text": "good", "id": "a"}
    {"texts": "bad"}
    {"tokens": ["xxbos", "good"]}
    """#
  let result = try Program.run(
    "explain", "--input", "-", "--format", "jsonl", "--method", "saliency", "--method",
    "occlusion", input: Data(input.utf8))
  let rows = try lines(result)
  #expect(result.status == 1)
  #expect(rows.map { $0["index"] } == [.integer(0), .integer(0), nil, .integer(2), .integer(2)])
  #expect(
    rows.map { $0["method"] }
      == [
        .string("saliency"), .string("occlusion"), nil, .string("saliency"), .string("occlusion"),
      ])
  #expect(rows[2]["line"] == .integer(2) && rows[2]["error"] != nil)
  #expect(rows[0]["id"] == .string("a"))
  #expect(rows[3]["tokens"]?.items.count == 2)
}

@Test(arguments: [
  ["explain", "--method", "nonsense", "x"], ["explain", "--target", "nobody", "x"],
  ["predict", "--model", "/no/such/model", "x"], ["predict", "--format", "nonsense", "x"],
  ["explain", "--input", "/no/such/file.txt"], ["explain", "--steps", "0", "x"],
  ["explain", "--baseline", "mask", "x"], ["predict", "--no-such-option", "x"],
  ["explain", "--measure", "nonsense", "x"], ["explain", "--versus", "nobody", "x"],
  ["explain", "--layer", "9", "--method", "layer-conductance", "x"],
  ["explain", "--window", "0", "--method", "occlusion", "x"],
  ["explain", "--features", "0", "--method", "lime", "x"],
  ["explain", "--noise", "nan", "--method", "smoothgrad", "x"],
])
func `a wrong call is one line on standard error and status 2`(_ arguments: [String]) throws {
  let result = try Program.run(arguments)
  #expect(result.status == 2)
  #expect(result.output.isEmpty)
  #expect(result.error.hasPrefix("whylight: "))
  #expect(result.error.split(separator: "\n").count == 1)
}

@Test func `a league has a line a method, and says what is no fair match`() throws {
  let methods = ["saliency", "intrinsic-attention", "random"]
  let arguments =
    ["explain"] + methods.flatMap { ["--method", $0] } + ["--measure", "all", "Not dull"]
  let text = try Program.run(arguments)
  #expect(text.status == 0 && text.error.isEmpty)
  let rows = text.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  let measures = MeasureCatalog.measures.map(\.card.name)
  let head = try #require(rows.firstIndex(of: measures))
  let league = rows[(head + 1)...].prefix(methods.count)
  #expect(league.map(\.first) == methods)
  #expect(league.allSatisfy { $0.count == measures.count + 1 })
  #expect(
    text.output.contains(
      "intrinsic-attention explains the probability, the others the logit: its "
        + "convergence-delta, infidelity can't be compared with theirs"))
  for measure in ["deletion-auc", "insertion-auc"] {
    let curves = text.output.split(separator: "\n").filter { $0.hasSuffix(" (\(measure))") }
    #expect(curves.count == methods.count && curves.allSatisfy { $0.contains("  p(") })
  }
  for explanation in try lines(try Program.run(arguments + ["--json"])) {
    let curve = explanation["measure_details"]?["deletion-auc"]?["curve"]
    #expect(curve?.keys == ["direction", "order", "counts", "values"])
    #expect(explanation["measures"]?.keys == measures)
    #expect(explanation["measure_details"]?.keys == measures)
    for name in measures where explanation["measures"]?[name] == .null {
      #expect(explanation["measure_details"]?[name]?["reason"] != .null, "\(name)")
    }
  }
}

@Test func `all methods are measured that apply`() throws {
  let result = try Program.run(
    "explain", "--method", "all", "--measure", "sufficiency", "--samples", "20", "--json",
    "Not dull")
  let rows = try lines(result)
  let names = rows.compactMap { if case .string(let name)? = $0["method"] { name } else { nil } }
  #expect(result.status == 0 && names.count > 15 && names.last == "random")
  #expect(rows.allSatisfy { $0["measures"]?["sufficiency"]?.number?.isFinite == true })
}

@Test(arguments: ["--method", "--measure"])
func `all stands alone, and that is said`(_ option: String) throws {
  let name = option == "--method" ? "saliency" : "sufficiency"
  let result = try Program.run("explain", option, "all", option, name, "x")
  #expect(result.status == 2 && result.output.isEmpty)
  #expect(
    result.error
      == "whylight: \(option) all already holds the others; leave out one or the other\n")
}

@Test(arguments: ["", " ", "\u{0}", "\u{0}\u{0} a\u{1B}[31m", "\n\n", "é中😀👍🏽", "!!!", "A"])
func `any text has a prediction and explanations by every method`(_ text: String) throws {
  let input = JSON.object([.init("text", .string(text))]).line
  let predicted = try Program.run("predict", "--input", "-", "--json", input: Data(input.utf8))
  #expect(predicted.status == 0 && predicted.error.isEmpty)
  #expect(try lines(predicted).first?["text"] == .string(text))
  for format in ["json", "text", "html", "svg", "csv"] {
    let explained = try Program.run(
      "explain", "--method", "all", "--input", "-", "--format", format, input: Data(input.utf8))
    #expect(explained.status == 0 && explained.error.isEmpty && !explained.output.isEmpty)
    // a table is data, and keeps the bytes of the text
    if format == "csv" { continue }
    #expect(!explained.output.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0 })
  }
}

@Test func `invalid UTF-8 on standard input is read with replacement characters`() throws {
  let result = try Program.run("predict", "--json", input: Data([0x67, 0xFF, 0x6F]))
  #expect(result.status == 0)
  #expect(try lines(result).first?["text"] == .string("g\u{FFFD}o"))
}

@Test func `a text of a megabyte is read to its end`() throws {
  let text = String(repeating: "a fine film, not dull. ", count: 45_000)
  let result = try Program.run("predict", "--json", input: Data(text.utf8))
  #expect(result.status == 0)
  let json = try JSON(Array(result.output.utf8), valueLimit: 10_000_000, memoryLimit: 1 << 30)
  #expect(json["tokens"]?.items.count ?? 0 > 200_000)
}

@Test func `the sum over words equals the sum over tokens`() throws {
  func sum(_ unit: String) throws -> Double {
    let result = try Program.run(
      "explain", "--json", "--method", "occlusion", "--by", unit, "Not BAD at all. It's fun!!!!")
    return try #require(try lines(result).first)["scores"]?.items.compactMap(\.number)
      .reduce(0, +) ?? .nan
  }
  let tokens = try sum("token")
  #expect(abs(try sum("word") - tokens) < 1e-4)
  #expect(abs(try sum("sentence") - tokens) < 1e-4)
}

@Test func `HTML and SVG escape every character of the text`() throws {
  let text = "<script>alert('x')</script> & \"quotes\" ]]> film"
  for format in ["html", "svg"] {
    let result = try Program.run("explain", "--format", format, text)
    #expect(result.status == 0)
    #expect(!result.output.contains("<script>alert"))
    #expect(!result.output.contains("& \""))
  }
}

@Test func `nothing escapes to a pipe and colours can be forced`() throws {
  let plain = try Program.run("explain", "a brilliant film")
  #expect(!plain.output.contains("\u{1B}"))
  #expect(plain.output.contains("+"))
  let painted = try Program.run("explain", "--color", "always", "a brilliant film")
  #expect(painted.output.contains("\u{1B}["))
}

@Test func `methods, models, inspect, help and version answer`() throws {
  for name in ["integrated-gradients", "saliency", "grad-cam", "intrinsic-attention"] {
    #expect(try Program.run("methods").output.contains(name + " "))
    #expect(try Program.run("inspect").output.contains(name))
  }
  #expect(try Program.run("methods", "lrp").output.contains(MethodCard.notation))
  #expect(try Program.run("models").output.hasPrefix("sentiment"))
  #expect(try Program.run("--version").status == 0)
  let help = try Program.run("explain", "--help").output.split { " \n".contains($0) }
    .joined(separator: " ")
  for setting in ExplainerCatalog.settings {
    #expect(help.contains("--\(setting.name) <\(setting.name)>"), "\(setting.name)")
    if setting != .group { #expect(help.contains(setting.help), "\(setting.name)") }
  }
  #expect(try Program.run("--generate-completion-script", "zsh").output.contains("#compdef"))
}

@Test(arguments: [
  ("steps", "0"), ("samples", "many"), ("seed", "-1"), ("noise", "nan"), ("baseline", "red"),
  ("only", "third"),
])
func `a setting that can't be is refused with what can`(name: String, value: String) throws {
  let result = try Program.run("explain", "--\(name)=\(value)", "a film")
  let setting = try #require(ExplainerCatalog.settings.first { $0.name == name })
  #expect(result.status == 2 && result.output.isEmpty)
  #expect(result.error.contains("--\(name) can't be \(value); allowed: \(setting.allowed)"))
}

@Test func `inspect tells how a text is read, step by step`() throws {
  let text = try Program.run("inspect", "--text", "Not baaaad qzzxq")
  #expect(text.status == 0)
  #expect(text.output.contains("replace_rep"))
  #expect(text.output.contains("xxbos xxmaj not b xxrep 4 a d qzzxq"))
  #expect(text.output.contains("qzzxq  11..<16  not in the vocabulary"))
  let json = try Program.run("inspect", "--format", "json", "--text", "Not")
  #expect(
    json.output.contains(
      #"{"name": "spaCy words", "part": 0, "parts": ["xxbos", "xxmaj", "not"]}"#))
}

@Test func `the manual page has every key of the help, and the paths are told`() throws {
  let page = try Program.run("manual")
  #expect(page.status == 0 && page.output.hasPrefix(".TH WHYLIGHT 1"))
  for binding in Keymap.standard.bindings {
    #expect(page.output.contains(binding.help.replacing("-", with: "\\-")))
  }
  let paths = try Program.run("paths", environment: ["XDG_STATE_HOME": "/somewhere"])
  #expect(paths.output.contains("/somewhere/whylight/session.json"))
}

@Test func `help is there at once`() throws {
  let clock = ContinuousClock()
  var times: [Duration] = []
  for _ in 0..<9 {
    let start = clock.now
    let result = try Program.run("--help")
    times.append(clock.now - start)
    #expect(result.status == 0)
  }
  times.sort()
  print("--help: median \(times[4]), slowest \(times[8])")
}

@Test func `the explorer refuses a pipe and names the command to use`() throws {
  let result = try Program.run("explore")
  #expect(result.status == 2)
  #expect(result.error.contains("explain"))
  #expect(!result.output.contains("\u{1B}") && !result.error.contains("\u{1B}"))
}
