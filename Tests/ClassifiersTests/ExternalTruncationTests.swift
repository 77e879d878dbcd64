import Classifiers
import Testing
import Tokenizers

/// A program that answers one text at a time.
/// - Parameter more: what its answers have beside classes and probabilities.
private func model(_ more: String) throws -> Model {
  let answer = #"{"classes": ["a", "b"], "probabilities": [[0.25, 0.75]], "batch": 1, \#(more)}"#
  return try ModelOpener(embedded: []).open("exec:while read -r x; do echo '\(answer)'; done")
}

private func truncation(_ value: String, _ text: String = "a b c d e") throws -> Truncation? {
  try model(#""truncated": \#(value)"#).predict(text).encoding.truncation
}

private func cut(_ tokens: Int, _ read: Int, _ side: Truncation.Side, _ range: Range<Int>)
  -> Truncation
{
  Truncation(tokens: tokens, read: read, side: side, rest: .unread, utf8Range: range)
}

struct ExternalTruncationTests {
  @Test func `a program says what it cut off, for each text or for the only one`() throws {
    let object = #"{"tokens": 9, "read": 4, "side": "right"}"#
    #expect(try truncation(object) == cut(9, 4, .right, 0..<0))
    #expect(try truncation("[\(object)]") == cut(9, 4, .right, 0..<0))
    #expect(
      try truncation(#"{"tokens": 9, "read": 0, "side": "left", "more": 1}"#)
        == cut(9, 0, .left, 0..<0))
    // nothing was cut off
    for value in ["null", "[null]", #"{"tokens": 9, "read": 9, "side": "right"}"#] {
      #expect(try truncation(value) == nil)
    }
  }

  @Test(arguments: [
    (#"["a", "b"]"#, #"{"tokens": 5, "read": 2, "side": "right"}"#, 3..<9),
    (#"["d", "e"]"#, #"{"tokens": 5, "read": 2, "side": "left"}"#, 0..<6),
    (#"["a", "b", "c", "d", "e"]"#, #"{"tokens": 5, "read": 2, "side": "right"}"#, 3..<9),
    (#"["a", "b", "c", "d", "e"]"#, #"{"tokens": 5, "read": 2, "side": "left"}"#, 0..<6),
    (#"["a", "b", "c"]"#, #"{"tokens": 5, "read": 2, "side": "left"}"#, 0..<0),
    ("[]", #"{"tokens": 5, "read": 0, "side": "right"}"#, 0..<9),
  ])
  func `the program's own tokens place what was cut off`(
    _ tokens: String, _ truncated: String, _ range: Range<Int>
  ) throws {
    let model = try model(#""tokens": [\#(tokens)], "truncated": \#(truncated)"#)
    #expect(model.tokenizer.encode("a b c d e").truncation?.utf8Range == range)
    #expect(try model.predict("a b c d e").encoding.truncation?.utf8Range == range)
  }

  @Test func `each answer has its own`() throws {
    let answers = #"{"classes": ["a", "b"], "batch": 2, "probabilities": [[0.25, 0.75]]}"#
    let two =
      #"{"probabilities": [[0.25, 0.75], [0.5, 0.5]], "truncated": [null, {"tokens": 3, "read": 1, "side": "left"}]}"#
    let model = try ModelOpener(embedded: []).open(
      "exec:read -r x; echo '\(answers)'; while read -r x; do echo '\(two)'; done")
    let texts = ["a b", "c d e"].map { model.tokenizer.encode($0).tokens }
    let said = try model.classifier.answers(for: texts)
    #expect(said.map(\.truncation) == [nil, cut(3, 1, .left, 0..<0)])
    #expect(said.count == 2 && said.allSatisfy { $0.logits.count == 2 })
  }

  @Test(
    arguments: [
      ("1", "truncated", "a number"), ("[]", "truncated", nil), ("[null, null]", "truncated", nil),
      ("[1]", "truncated[0]", "a number"), ("{}", "truncated.tokens", "missing"),
      (#"{"tokens": -1, "read": 0, "side": "right"}"#, "truncated.tokens", "-1"),
      (#"{"tokens": 1e99, "read": 0, "side": "right"}"#, "truncated.tokens", "a number"),
      (#"{"tokens": 2, "read": 3, "side": "right"}"#, "truncated.read", "3"),
      (#"[{"tokens": 2, "read": 1.5, "side": "right"}]"#, "truncated[0].read", "a number"),
      (#"{"tokens": 2, "read": 1, "side": "up"}"#, "truncated.side", "a string"),
      (#"{"tokens": 2, "read": 1}"#, "truncated.side", "missing"),
    ] as [(String, String, String?)])
  func `what is no such statement is told`(
    _ value: String, _ part: String, _ found: String?
  ) throws {
    let model = try model(#""truncated": \#(value)"#)
    do {
      _ = try model.predict("a b")
      Issue.record("\(value) was taken")
    } catch ExternalProcessError.wrongPart(let name, _, let what) {
      #expect(name == part && what == found)
    } catch ExternalProcessError.wrongCount(let name, expected: 1, _) {
      #expect(name == part && found == nil)
    }
  }
}
